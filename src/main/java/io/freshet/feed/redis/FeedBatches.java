package io.freshet.feed.redis;

import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Runs one script over many feeds: grouped by shard, in batches, all of them sent before the first
 * answer is awaited. KEYS are the feeds, then builds and deadlines of the shard.
 */
final class FeedBatches {
  /** Feeds of one script: under a millisecond of the server's time, for reads wait behind it. */
  private static final int BATCH = 500;

  private final Redis redis;

  FeedBatches(Redis redis) {
    this.redis = redis;
  }

  void run(Script<Long> script, long[] viewers, byte[]... arguments) {
    List<List<String>> batches = new ArrayList<>(redis.shards());
    for (int shard = 0; shard < redis.shards(); shard++) {
      batches.add(new ArrayList<>());
    }
    List<CompletionStage<Long>> sent = new ArrayList<>();
    for (long viewer : viewers) {
      int shard = redis.shardOf(viewer);
      List<String> batch = batches.get(shard);
      batch.add(FeedKeys.feed(viewer));
      if (batch.size() == BATCH) {
        sent.add(send(script, shard, batch, arguments));
        batch.clear();
      }
    }
    for (int shard = 0; shard < redis.shards(); shard++) {
      if (!batches.get(shard).isEmpty()) {
        sent.add(send(script, shard, batches.get(shard), arguments));
      }
    }
    sent.forEach(redis::await);
  }

  private CompletionStage<Long> send(
      Script<Long> script, int shard, List<String> feeds, byte[]... arguments) {
    feeds.add(FeedKeys.BUILDS);
    feeds.add(FeedKeys.DEADLINES);
    return redis.run(script, shard, feeds, arguments);
  }
}
