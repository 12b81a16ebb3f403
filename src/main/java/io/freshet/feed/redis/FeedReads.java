package io.freshet.feed.redis;

import io.freshet.feed.FeedWindow;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads stored feeds. KEYS[1] is the feed. */
final class FeedReads {
  /** ARGV: below (8 bytes or nothing), limit, seconds kept, seconds left to renew at. */
  private static final Script<Optional<FeedWindow>> READ =
      Script.load("feed-read", reply -> Reply.bytes(reply).flatMap(FeedBytes::feed));

  private static final Script<Optional<FeedWindow>> PEEK =
      Script.load("feed-peek", reply -> Reply.bytes(reply).flatMap(FeedBytes::feed), "feed-lists");

  /** How much of its time a feed must have lived before a read renews it: not each read writes. */
  private static final Duration RENEWED_AFTER = Duration.ofHours(1);

  private final Redis redis;
  private final byte[] kept;
  private final byte[] renewAt;

  FeedReads(Redis redis, Duration kept) {
    this.redis = redis;
    this.kept = FeedBytes.number(kept.toSeconds());
    this.renewAt = FeedBytes.number(kept.minus(RENEWED_AFTER).toSeconds());
  }

  /** Sends the read without waiting. */
  CompletionStage<Optional<FeedWindow>> send(long viewer, long before, int limit) {
    byte[] below = before == Long.MAX_VALUE ? new byte[0] : FeedBytes.id(before);
    return redis
        .run(
            READ,
            redis.shardOf(viewer),
            List.of(FeedKeys.feed(viewer)),
            below,
            FeedBytes.number(limit),
            kept,
            renewAt)
        .thenApply(found -> found.map(feed -> page(feed, before, limit)));
  }

  private static FeedWindow page(FeedWindow feed, long before, int limit) {
    int from = 0;
    while (from < feed.ids().length && feed.ids()[from] >= before) {
      from++;
    }
    int to = Math.min(feed.ids().length, from + limit);
    return new FeedWindow(Arrays.copyOfRange(feed.ids(), from, to), feed.floor());
  }

  Optional<FeedWindow> peek(long viewer) {
    return redis.await(redis.run(PEEK, redis.shardOf(viewer), List.of(FeedKeys.feed(viewer))));
  }
}
