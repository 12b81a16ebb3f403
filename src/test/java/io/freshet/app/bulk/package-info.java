/** Tests of imports and made-up towns. */
@NullMarked
package io.freshet.app.bulk;

import org.jspecify.annotations.NullMarked;
