package io.freshet.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the feeds of those who read lately when most of them are not cached: after the start, an
 * import, or the loss of the cache. Whoever reads meanwhile has their feed built at once.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** Readers looked at to see whether the cache is cold. */
  private static final int LOOKED_AT = 40;

  /** Feeds built together: their authors' feeds are read once for all of them. */
  private static final int BATCH = 200;

  /** Feeds built in one warm-up, the latest readers first; the others are built when read. */
  private static final int MOST = 1_000_000;

  /** Feeds between two lines in the log. */
  private static final int STEP = 10_000;

  private final Core core;
  private final FeedSample sample;

  WarmUp(Core core) {
    this.core = core;
    this.sample = new FeedSample(core.jdbi, core.feedStore);
  }

  /** Warms the cache if it is cold. */
  void run() {
    Instant now = core.clock.instant();
    Instant since = now.minus(Duration.ofDays(core.config.feed().keepDays()));
    if (isCold(since, now)) {
      build(core.feedReaders.since(since, Math.min(MOST, room())));
    }
  }

  private boolean isCold(Instant since, Instant now) {
    if (core.feedStore.size().orElse(0) >= room()) {
      return false;
    }
    List<Long> readers = sample.readers(LOOKED_AT, since, now);
    long missing = readers.stream().filter(this::isMissing).count();
    return missing * 2 > readers.size();
  }

  /** Feeds that the store has room for. */
  private int room() {
    return core.config.isCluster()
        ? Integer.MAX_VALUE
        : core.config.feed().maxFeeds(Runtime.getRuntime().maxMemory());
  }

  private boolean isMissing(long reader) {
    return core.feedStore.peek(reader).isEmpty();
  }

  private void build(List<Long> readers) {
    LOG.info("the cache is cold: building the feeds of {} readers", readers.size());
    for (int from = 0; from < readers.size(); from += BATCH) {
      if (from > 0 && from % STEP == 0) {
        LOG.info("warm-up: {} of {} readers", from, readers.size());
      }
      List<Long> batch = readers.subList(from, Math.min(readers.size(), from + BATCH));
      core.feedBuilder.buildAll(batch.stream().filter(this::isMissing).toList());
    }
    LOG.info("warmed up {} feeds", readers.size());
  }
}
