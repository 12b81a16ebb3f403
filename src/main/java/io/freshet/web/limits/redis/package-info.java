/** The uses that all nodes know of, in Redis. */
@NullMarked
package io.freshet.web.limits.redis;

import org.jspecify.annotations.NullMarked;
