/** Tests of imported sites. */
@NullMarked
package io.freshet.app.exchange;

import org.jspecify.annotations.NullMarked;
