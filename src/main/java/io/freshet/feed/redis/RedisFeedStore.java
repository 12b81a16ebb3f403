package io.freshet.feed.redis;

import io.freshet.feed.FeedStore;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The stored feeds in Redis, for all processes. Everything fails with {@link
 * io.freshet.platform.redis.RedisAwayException} while Redis is away, and may be repeated then.
 *
 * <p>Keys, each with what {@link Redis} puts before it:
 *
 * <ul>
 *   <li>{@code f:<viewer>} LIST of post ids, newest first, strictly descending, 8 bytes each,
 *       big-endian; the last element is the floor with its top bit set. No key: no stored feed. It
 *       expires when it has not been read for as long as feeds are kept.
 *   <li>{@code builds} HASH of the builds in progress of the shard and the changes they must heed.
 *   <li>{@code deadlines} ZSET of when each of them counts as given up.
 * </ul>
 */
public final class RedisFeedStore implements FeedStore {
  /**
   * Posts a feed may have beyond its capacity before it is trimmed: trimming costs as much as four
   * inserts.
   */
  public static final int CHUNK = 64;

  /** KEYS: feeds, builds, deadlines; ARGV: post, capacity, most. */
  private static final Script<Long> INSERT =
      Script.load("feed-insert", Reply::number, "feed-builds");

  /** KEYS: feeds, builds, deadlines; ARGV: post, window. */
  private static final Script<Long> REMOVE =
      Script.load("feed-remove", Reply::number, "feed-builds");

  private final Redis redis;
  private final FeedChange.Limits limits;
  private final FeedBatches batches;
  private final FeedReads reads;
  private final FeedRevision revision;
  private final FeedBuilds builds;

  /**
   * @param window entries a feed has when there are as many
   * @param slack entries more, so that deletions do not leave it short at once
   * @param chunk entries more before it is trimmed to window and slack
   * @param kept how long a feed is kept that nobody reads, at least two hours
   */
  public RedisFeedStore(Redis redis, int window, int slack, int chunk, Duration kept) {
    this.redis = redis;
    this.limits = new FeedChange.Limits(window, window + slack, window + slack + chunk);
    this.batches = new FeedBatches(redis);
    this.reads = new FeedReads(redis, kept);
    this.revision = new FeedRevision(redis, limits);
    this.builds = new FeedBuilds(redis, limits, kept);
  }

  @Override
  public void insert(long post, long[] viewers) {
    batches.run(
        INSERT,
        viewers,
        FeedBytes.id(post),
        FeedBytes.number(limits.capacity()),
        FeedBytes.number(limits.most()));
  }

  @Override
  public void remove(long post, long[] viewers) {
    batches.run(REMOVE, viewers, FeedBytes.id(post), FeedBytes.number(limits.window()));
  }

  @Override
  public void insertAll(long viewer, FeedWindow source) {
    revision.change(viewer, new FeedChange.Add(source));
  }

  @Override
  public void removeAll(long viewer, long[] posts) {
    revision.change(viewer, new FeedChange.Take(posts));
  }

  @Override
  public Optional<FeedWindow> read(long viewer, long before, int limit, Instant now) {
    return redis.await(reads.send(viewer, before, limit));
  }

  @Override
  public Optional<FeedWindow> peek(long viewer) {
    return reads.peek(viewer);
  }

  @Override
  public long beginBuild(long viewer) {
    return builds.begin(viewer);
  }

  @Override
  public boolean completeBuild(long viewer, long build, FeedWindow built, Instant now) {
    return builds.complete(viewer, build, built);
  }

  @Override
  public void abandonBuild(long viewer, long build) {
    builds.abandon(viewer, build);
  }

  @Override
  public void drop(long viewer) {
    builds.drop(viewer);
  }

  /** Every shard begins a new generation, so it costs the same however many feeds there are. */
  @Override
  public void clear() {
    for (int shard = 0; shard < redis.shards(); shard++) {
      redis.renew(shard);
    }
  }

  /** Redis lets feeds expire by itself. */
  @Override
  public int dropUnreadSince(Instant instant) {
    return 0;
  }

  @Override
  public OptionalInt size() {
    return OptionalInt.empty();
  }
}
