/** Redis as Freshet uses it: shards, each bound to one server process, and scripts run on them. */
@NullMarked
package io.freshet.platform.redis;

import org.jspecify.annotations.NullMarked;
