package io.freshet.feed.redis;

import io.freshet.feed.FeedWindow;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.RedisAwayException;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds of feeds. KEYS are the feed, then builds and deadlines of its shard. */
final class FeedBuilds {
  private static final String LIBRARY = "feed-builds";

  /** After this a build whose process died is forgotten; one still at work is refused then. */
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /** ARGV: number, milliseconds. */
  private static final Script<Long> BEGIN = Script.load("feed-begin", Reply::number, LIBRARY);

  /** ARGV: number, changes heeded, feed, seconds kept. */
  private static final Script<Outcome> COMPLETE =
      Script.load("feed-complete", FeedBuilds::outcome, LIBRARY, "feed-lists");

  /** ARGV: number or nothing, 1 to drop the feed too. */
  private static final Script<Long> ABANDON = Script.load("feed-abandon", Reply::number, LIBRARY);

  private final Redis redis;
  private final FeedChange.Limits limits;
  private final byte[] kept;

  FeedBuilds(Redis redis, FeedChange.Limits limits, Duration kept) {
    this.redis = redis;
    this.limits = limits;
    this.kept = FeedBytes.number(kept.toSeconds());
  }

  /**
   * What the server says to a built feed.
   *
   * @param ended whether the build is no more, completed or overtaken
   * @param missed changes to heed first
   */
  private record Outcome(boolean ended, boolean stored, List<FeedChange> missed) {}

  private static Outcome outcome(@Nullable Object reply) {
    return switch (reply) {
      case null -> new Outcome(true, false, List.of());
      case Long _ -> new Outcome(true, true, List.of());
      default ->
          new Outcome(
              false,
              false,
              Reply.list(reply).stream()
                  .map(change -> FeedBytes.change(Reply.bytes(change).orElseThrow()))
                  .toList());
    };
  }

  long begin(long viewer) {
    long number = redis.token();
    redis.await(
        run(BEGIN, viewer, FeedBytes.number(number), FeedBytes.number(DEADLINE.toMillis())));
    return number;
  }

  boolean complete(long viewer, long number, FeedWindow built) {
    Optional<FeedWindow> feed = Optional.of(FeedChange.trimmed(built, limits));
    int heeded = 0;
    while (true) {
      Outcome outcome =
          redis.await(
              run(
                  COMPLETE,
                  viewer,
                  FeedBytes.number(number),
                  FeedBytes.number(heeded),
                  feed.map(FeedBytes::feed).orElse(new byte[0]),
                  kept));
      if (outcome.ended()) {
        return outcome.stored();
      }
      for (FeedChange change : outcome.missed()) {
        feed = feed.flatMap(before -> change.applyTo(before, limits));
      }
      heeded += outcome.missed().size();
    }
  }

  /** Never fails for Redis being away: what is left of the build ends by itself. */
  void abandon(long viewer, long number) {
    try {
      redis.await(run(ABANDON, viewer, FeedBytes.number(number), FeedBytes.number(0)));
    } catch (RedisAwayException e) {
      return;
    }
  }

  /** Ends any build and drops the feed. */
  void drop(long viewer) {
    redis.await(run(ABANDON, viewer, new byte[0], FeedBytes.number(1)));
  }

  private <T> java.util.concurrent.CompletionStage<T> run(
      Script<T> script, long viewer, byte[]... arguments) {
    return redis.run(script, redis.shardOf(viewer), FeedKeys.withBuilds(viewer), arguments);
  }
}
