/** Tests of the module {@code graph}. */
@NullMarked
package io.freshet.post;

import org.jspecify.annotations.NullMarked;
