/** The rankings that all processes share, in Redis. */
@NullMarked
package io.freshet.ranking.redis;

import org.jspecify.annotations.NullMarked;
