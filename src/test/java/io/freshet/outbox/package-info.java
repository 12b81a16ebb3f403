/** Tests of the module {@code outbox}. */
@NullMarked
package io.freshet.outbox;

import org.jspecify.annotations.NullMarked;
