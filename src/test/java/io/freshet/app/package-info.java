/** Tests of start, stop, management and verification. */
@NullMarked
package io.freshet.app;

import org.jspecify.annotations.NullMarked;
