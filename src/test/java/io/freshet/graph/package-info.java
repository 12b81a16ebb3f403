/** Tests of the module {@code graph}. */
@NullMarked
package io.freshet.graph;

import org.jspecify.annotations.NullMarked;
