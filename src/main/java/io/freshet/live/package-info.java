/** Open connections, channels, history and recovery, and the way from node to node. */
@NullMarked
package io.freshet.live;

import org.jspecify.annotations.NullMarked;
