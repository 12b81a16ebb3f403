@NullMarked
package io.freshet.platform.log;

import org.jspecify.annotations.NullMarked;
