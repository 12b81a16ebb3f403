package io.freshet.web.limits;

import io.freshet.platform.Rate;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The uses of all nodes. Thread-safe. */
public interface SharedUses {
  /**
   * What one node has used since it last told.
   *
   * @param key of the limit and the caller
   */
  record Use(String key, Rate rate, long uses) {}

  /**
   * Adds these uses and says what is then left of each, less than 0 if the nodes together let too
   * much through. Fails if the others cannot be reached.
   */
  CompletionStage<List<Long>> add(List<Use> uses);

  /** Uses in one call at most, and all of one call must be of one shard. */
  int shardOf(String key);
}
