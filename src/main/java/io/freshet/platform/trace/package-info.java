/** Traces: which steps a request led to, in this process and others. */
@NullMarked
package io.freshet.platform.trace;

import org.jspecify.annotations.NullMarked;
