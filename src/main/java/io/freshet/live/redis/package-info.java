/** Live channels in Redis, for all nodes: streams, presences, and who listens where. */
@NullMarked
package io.freshet.live.redis;

import org.jspecify.annotations.NullMarked;
