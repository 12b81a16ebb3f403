/** Tests of the module {@code queue}. */
@NullMarked
package io.freshet.queue;

import org.jspecify.annotations.NullMarked;
