package io.freshet.feed;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The stored feeds in this process's heap, in shards that are locked one at a time. Empty after a
 * restart; when full, feeds unread for long give way. A feed takes 8 bytes for each of its {@code
 * window + slack} places, used or not, and about 60 more.
 */
public final class HeapFeedStore implements FeedStore {
  private static final int SHARDS = 16;

  private final HeapShard[] shards = new HeapShard[SHARDS];

  /**
   * @param window entries a feed has when there are as many
   * @param slack entries more, so that deletions do not leave it short at once
   * @param maxFeeds feeds kept at most, rounded up to a multiple of the shards
   */
  public HeapFeedStore(int window, int slack, int maxFeeds) {
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new HeapShard(window, window + slack, Math.ceilDiv(maxFeeds, SHARDS));
    }
  }

  @Override
  public void insert(long post, long[] viewers) {
    byShard(viewers, (shard, ids, from, to) -> shard.insert(post, ids, from, to));
  }

  @Override
  public void remove(long post, long[] viewers) {
    byShard(viewers, (shard, ids, from, to) -> shard.remove(post, ids, from, to));
  }

  private interface ShardWork {
    void run(HeapShard shard, long[] ids, int from, int to);
  }

  /** Groups the viewers by shard (a counting sort), so that each shard is locked once. */
  private void byShard(long[] viewers, ShardWork work) {
    int[] ends = new int[SHARDS];
    for (long viewer : viewers) {
      ends[shardOf(viewer)]++;
    }
    int[] next = new int[SHARDS];
    for (int shard = 1; shard < SHARDS; shard++) {
      next[shard] = ends[shard - 1];
      ends[shard] += ends[shard - 1];
    }
    long[] grouped = new long[viewers.length];
    for (long viewer : viewers) {
      grouped[next[shardOf(viewer)]++] = viewer;
    }
    int from = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      if (from < ends[shard]) {
        work.run(shards[shard], grouped, from, ends[shard]);
      }
      from = ends[shard];
    }
  }

  @Override
  public void insertAll(long viewer, FeedWindow source) {
    shard(viewer).insertAll(viewer, source);
  }

  @Override
  public void removeAll(long viewer, long[] posts) {
    shard(viewer).removeAll(viewer, posts);
  }

  @Override
  public Optional<FeedWindow> read(long viewer, long before, int limit, Instant now) {
    return shard(viewer).read(viewer, before, limit, (int) now.getEpochSecond());
  }

  @Override
  public Optional<FeedWindow> peek(long viewer) {
    return shard(viewer).peek(viewer);
  }

  @Override
  public long beginBuild(long viewer) {
    return shard(viewer).beginBuild(viewer);
  }

  @Override
  public boolean completeBuild(long viewer, long build, FeedWindow built, Instant now) {
    return shard(viewer).completeBuild(viewer, build, built, (int) now.getEpochSecond());
  }

  @Override
  public void abandonBuild(long viewer, long build) {
    shard(viewer).abandonBuild(viewer, build);
  }

  @Override
  public void drop(long viewer) {
    shard(viewer).drop(viewer);
  }

  @Override
  public void clear() {
    for (HeapShard shard : shards) {
      shard.clear();
    }
  }

  @Override
  public int dropUnreadSince(Instant instant) {
    int dropped = 0;
    for (HeapShard shard : shards) {
      dropped += shard.dropUnreadSince((int) instant.getEpochSecond());
    }
    return dropped;
  }

  @Override
  public OptionalInt size() {
    int size = 0;
    for (HeapShard shard : shards) {
      size += shard.size();
    }
    return OptionalInt.of(size);
  }

  private HeapShard shard(long viewer) {
    return shards[shardOf(viewer)];
  }

  private static int shardOf(long viewer) {
    return (int) ((viewer * 0xC2B2AE3D27D4EB4FL) >>> 60);
  }
}
