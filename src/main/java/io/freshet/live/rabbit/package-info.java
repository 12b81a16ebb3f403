/** The way of live messages from node to node by RabbitMQ. */
@NullMarked
package io.freshet.live.rabbit;

import org.jspecify.annotations.NullMarked;
