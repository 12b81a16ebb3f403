@NullMarked
package io.freshet.platform.trace;

import org.jspecify.annotations.NullMarked;
