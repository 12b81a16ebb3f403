package io.freshet.app;

import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Lets the demo's guide see the status; anywhere else nobody is an administrator at first. */
public final class DemoAdministrator {
  private DemoAdministrator() {}

  /**
   * Before the town is served, and only when it was just made: whoever has the handle later may be
   * somebody else, or no administrator any more.
   */
  public static void make(Database database, String guide, InstantSource clock) {
    Jdbi jdbi = database.jdbi();
    Ids ids = new Ids(clock, 0);
    Outbox outbox = new Outbox(jdbi, new PgOutboxStore(jdbi, ids, clock));
    // Nobody remembers an account that was never served.
    Accounts accounts =
        new Accounts(jdbi, outbox, new Passwords(), ids, clock, Invalidations.none());
    accounts.findByHandle(guide).ifPresent(account -> accounts.appoint(account.id(), true));
  }
}
