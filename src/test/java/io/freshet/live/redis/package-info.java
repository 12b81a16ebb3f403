@NullMarked
package io.freshet.live.redis;

import org.jspecify.annotations.NullMarked;
