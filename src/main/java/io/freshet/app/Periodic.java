package io.freshet.app;

import io.freshet.notification.Retention;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Ids;
import io.freshet.platform.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the scheduler has done periodically. */
final class Periodic {
  private static final Duration WARM_UP_REST = Duration.ofSeconds(10);
  private static final Duration SWEEP_REST = Duration.ofMinutes(10);
  private static final Duration MEDIA_REST = Duration.ofMinutes(10);
  private static final Duration KEYS_REST = Duration.ofHours(1);
  private static final Duration NOTIFICATIONS_REST = Duration.ofHours(1);
  private static final Duration MAIL_REST = Duration.ofHours(1);
  private static final Duration SESSIONS_REST = Duration.ofHours(1);
  private static final Duration ERASURE_REST = Duration.ofHours(1);

  /** Removed accounts whose erasure is begun anew in one go: the others are there the next time. */
  private static final int REMOVED_AT_ONCE = 1_000;

  /** Rows deleted in one statement: some milliseconds of locks. */
  private static final int DELETED_AT_ONCE = 5_000;

  private final Core core;
  private final SampledVerification verification;

  /**
   * @param quiet whether no event waits or is being worked
   */
  Periodic(Core core, BooleanSupplier quiet) {
    this.core = core;
    this.verification = new SampledVerification(core, quiet);
  }

  List<PeriodicTask> tasks() {
    FreshetConfig.Upkeep upkeep = core.config.upkeep();
    FreshetConfig.Ranking ranking = core.config.ranking();
    return List.of(
        new PeriodicTask("warm-up", WARM_UP_REST, new WarmUp(core)::run),
        new PeriodicTask(
            "feed-verification", Duration.ofMinutes(upkeep.verifyMinutes()), verification::run),
        new PeriodicTask("feed-sweep", SWEEP_REST, this::dropUnreadFeeds),
        new PeriodicTask("media-sweep", MEDIA_REST, core.media.sweep()::run),
        new PeriodicTask("idempotency-keys", KEYS_REST, this::forgetOldKeys),
        new PeriodicTask("notifications", NOTIFICATIONS_REST, this::forgetOldNotifications),
        new PeriodicTask("mail", MAIL_REST, this::forgetOldMail),
        new PeriodicTask("sessions", SESSIONS_REST, this::sweepSessions),
        new PeriodicTask("erasure", ERASURE_REST, this::eraseOnWhatWasLeft),
        new PeriodicTask("popular-tags", ranking.tags(), core.rankings::refreshTags),
        new PeriodicTask("best-members", ranking.members(), core.rankings::refreshMembers));
  }

  void measure(Metrics metrics) {
    verification.measure(metrics);
  }

  private void dropUnreadFeeds() {
    core.feedStore.dropUnreadSince(daysAgo(core.config.feed().keepDays()));
  }

  /** What their owners do not see any more, with the networks that it names. */
  private void sweepSessions() {
    while (core.sessions.sweep(core.clock.instant(), DELETED_AT_ONCE)) {
      // again: there may be more
    }
  }

  /** What was parked, or lost with a queue, begins again: an event a removed account. */
  private void eraseOnWhatWasLeft() {
    core.accounts.removed(0, REMOVED_AT_ONCE).forEach(core.accounts::eraseOn);
  }

  /** A key is as old as the post that was made with it. */
  private void forgetOldKeys() {
    long before = Ids.firstAt(daysAgo(core.config.upkeep().keyDays()));
    int deleted;
    do {
      deleted =
          core.jdbi.withHandle(handle ->
              handle.execute(
                  """
                  DELETE FROM post_idempotency WHERE post_id IN
                    (SELECT post_id FROM post_idempotency WHERE post_id < ? ORDER BY post_id LIMIT ?)
                  """,
                  before,
                  DELETED_AT_ONCE));
    } while (deleted > 0);
  }

  private void forgetOldNotifications() {
    new Retention(core.jdbi).run(core.clock.instant());
  }

  private void forgetOldMail() {
    while (core.mail.mails().sweep(DELETED_AT_ONCE)) {
      // again: there may be more
    }
  }

  private Instant daysAgo(int days) {
    return core.clock.instant().minus(Duration.ofDays(days));
  }
}
