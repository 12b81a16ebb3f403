/** Events saved in the writer's transaction, and the relay that hands them to the queue. */
@NullMarked
package io.freshet.outbox;

import org.jspecify.annotations.NullMarked;
