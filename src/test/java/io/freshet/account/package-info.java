/** Tests of the module {@code account}. */
@NullMarked
package io.freshet.account;

import org.jspecify.annotations.NullMarked;
