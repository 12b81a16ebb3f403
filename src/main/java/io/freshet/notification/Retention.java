package io.freshet.notification;

import io.freshet.platform.Ids;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets go of what nobody looks back at: of each person the newest 1,000 groups are kept, and of
 * those what has had news within {@link Notifier#KEPT}.
 */
public final class Retention {
  /**
   * What a person can walk back to; the index {@code notification_box_full} knows the number too.
   */
  private static final int GROUPS = 1_000;

  private final PgNotices notices;
  private final int atOnce;

  public Retention(Jdbi jdbi) {
    this(jdbi, 5_000);
  }

  /**
   * @param atOnce rows taken back in one statement
   */
  Retention(Jdbi jdbi, int atOnce) {
    this.notices = new PgNotices(jdbi);
    this.atOnce = atOnce;
  }

  /** Takes back all that is too old or too much; the next settling deletes it. */
  public void run(Instant now) {
    long place = Ids.firstAt(now.minus(Notifier.KEPT));
    int taken;
    do {
      taken = notices.takeBackBelow(place, atOnce) + notices.takeBackBeyond(GROUPS, atOnce);
    } while (taken > 0);
  }
}
