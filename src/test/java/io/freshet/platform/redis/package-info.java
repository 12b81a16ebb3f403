@NullMarked
package io.freshet.platform.redis;

import org.jspecify.annotations.NullMarked;
