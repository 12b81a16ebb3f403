package io.freshet.post;

import java.util.Collection;
import java.util.Map;

/**
 * The saved counters of posts. What they count are rows that say whether they are counted already,
 * so that moving a row into the counter twice is moving it once. Thread-safe.
 */
public interface CountStore {

  /** Of all these posts; zeros where nothing was counted yet. */
  Map<Long, Counts> find(Collection<Long> posts);

  /** Moves a bounded number of the rows of a post that its counters do not hold, in one step. */
  Settled settle(long post);

  /** Counts all rows of a post anew, whatever its counters say. */
  void recount(long post);
}
