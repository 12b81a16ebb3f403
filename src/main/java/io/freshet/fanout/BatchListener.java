package io.freshet.fanout;

import io.freshet.queue.Lane;

/** Is told when a batch of followers has a post in their stored feeds; must be short. */
public interface BatchListener {
  void inserted(Lane lane, long post);
}
