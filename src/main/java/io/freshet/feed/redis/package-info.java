/** Stored feeds in Redis: one Lua file and one small class for what is done to them. */
@NullMarked
package io.freshet.feed.redis;

import org.jspecify.annotations.NullMarked;
