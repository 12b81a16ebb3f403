/** The capacity model. */
@NullMarked
package io.freshet.app.capacity;

import org.jspecify.annotations.NullMarked;
