/** Freshet as its users meet it: real processes, killed and started again. */
@NullMarked
package io.freshet.journey;

import org.jspecify.annotations.NullMarked;
