package io.freshet.queue;

import java.util.List;

/**
 * Works one task and says which tasks follow it. Idempotent and indifferent to order; an exception
 * means try again later.
 */
public interface TaskHandler {
  List<Task> handle(byte[] body);
}
