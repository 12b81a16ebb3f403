/** Tests of the queue on RabbitMQ. */
@NullMarked
package io.freshet.queue.rabbit;

import org.jspecify.annotations.NullMarked;
