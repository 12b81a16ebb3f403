package io.freshet.mail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What waits to be sent and what was given up, as those who run the server see it. Thread-safe. */
public final class MailBacklog {
  private final PgMails mails;
  private final InstantSource clock;

  MailBacklog(PgMails mails, InstantSource clock) {
    this.mails = mails;
    this.clock = clock;
  }

  /**
   * A mail that was given up.
   *
   * @param error what the server said last
   */
  public record Parked(
      long id, long account, MailKind kind, int attempts, Instant wantedAt, String error) {}

  /** Mails that are not sent yet, also those whose time has not come. */
  public long waiting() {
    return mails.stats(clock.instant()).waiting();
  }

  public long parkedCount() {
    return mails.stats(clock.instant()).parked();
  }

  /** For how long the oldest that should be out has waited, in seconds. */
  public double oldestSeconds() {
    return mails.stats(clock.instant()).oldestSeconds();
  }

  /** The newest that were given up. */
  public List<Parked> parked(int limit) {
    return mails.parked(limit);
  }

  /** Has parked mails tried again: this one, or with 0 all; how many it were. */
  public int retry(long mail) {
    return mails.retry(mail, clock.instant());
  }
}
