/** Where RabbitMQ is, and connections to it. */
@NullMarked
package io.freshet.platform.rabbit;

import org.jspecify.annotations.NullMarked;
