package io.freshet.feed.redis;

import io.freshet.feed.FeedWindow;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.util.List;
import java.util.Optional;

/**
 * Changes one feed by many posts: it is read, changed here, and replaced if it is still what was
 * read. The change is announced to a build in progress first, so a build that reads later holds it
 * by itself and an earlier one heeds it.
 */
final class FeedRevision {
  /** KEYS: feed, builds, deadlines; ARGV: the change. Answers the feed. */
  private static final Script<byte[]> ANNOUNCE =
      Script.load("feed-announce", FeedRevision::bytes, "feed-builds", "feed-lists");

  /** KEYS: feed; ARGV: as read, as it is to be. Nothing, or the feed as it is now. */
  private static final Script<Optional<byte[]>> REPLACE =
      Script.load("feed-replace", Reply::bytes, "feed-lists");

  private final Redis redis;
  private final FeedChange.Limits limits;

  FeedRevision(Redis redis, FeedChange.Limits limits) {
    this.redis = redis;
    this.limits = limits;
  }

  private static byte[] bytes(@org.jspecify.annotations.Nullable Object reply) {
    return Reply.bytes(reply).orElseThrow();
  }

  void change(long viewer, FeedChange change) {
    int shard = redis.shardOf(viewer);
    byte[] stored =
        redis.await(
            redis.run(ANNOUNCE, shard, FeedKeys.withBuilds(viewer), FeedBytes.change(change)));
    Optional<FeedWindow> feed = FeedBytes.feed(stored);
    while (feed.isPresent()) {
      byte[] changed = change.applyTo(feed.get(), limits).map(FeedBytes::feed).orElse(new byte[0]);
      Optional<byte[]> other =
          redis.await(redis.run(REPLACE, shard, List.of(FeedKeys.feed(viewer)), stored, changed));
      if (other.isEmpty()) {
        return;
      }
      stored = other.get();
      feed = FeedBytes.feed(stored);
    }
  }
}
