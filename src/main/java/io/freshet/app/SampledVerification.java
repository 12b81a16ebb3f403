package io.freshet.app;

import io.freshet.platform.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares some cached feeds, drawn at random, with the database, and builds those anew that
 * differ. There should be none: each is logged and counted, and is worth an alert.
 */
final class SampledVerification {
  private static final Logger LOG = LoggerFactory.getLogger(SampledVerification.class);

  private final Core core;
  private final FeedVerification verification;
  private final FeedSample sample;
  private final LongAdder compared = new LongAdder();
  private final LongAdder diverged = new LongAdder();
  private final LongAdder repaired = new LongAdder();

  /**
   * @param quiet whether no event waits or is being worked
   */
  SampledVerification(Core core, BooleanSupplier quiet) {
    this.core = core;
    this.verification = new FeedVerification(core, quiet);
    this.sample = new FeedSample(core.jdbi, core.feedStore);
  }

  /** One round. */
  void run() {
    Instant now = core.clock.instant();
    Instant since = now.minus(Duration.ofDays(core.config.feed().keepDays()));
    List<Long> viewers = sample.cached(core.config.upkeep().verifyFeeds(), since, now);
    FeedVerification.Report report = verification.these(viewers, true);
    compared.add(report.feeds());
    diverged.add(report.differences());
    repaired.add(report.repaired());
    if (report.differences() > 0) {
      LOG.error(
          "{} of {} cached feeds differed from the database and were built anew: {}",
          report.differences(),
          report.feeds(),
          report.examples());
    }
  }

  void measure(Metrics metrics) {
    metrics.count("freshet_verification_feeds", "Cached feeds compared", compared::sum);
    metrics.count("freshet_verification_diverged", "Cached feeds that differed", diverged::sum);
    metrics.count(
        "freshet_verification_repaired", "Of these, those that were built anew", repaired::sum);
  }
}
