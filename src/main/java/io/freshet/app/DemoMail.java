package io.freshet.app;

import io.freshet.platform.Database;

/** An address for the demo's guide, so that there are mails to look at. */
public final class DemoMail {
  private DemoMail() {}

  /**
   * Before the town is served; one that the guide has set stays.
   *
   * @param guide handle of the one whose questions are answered
   */
  public static void make(Database database, String guide) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO mail_address (account_id, address, confirmed_at)
                SELECT id, handle || '@example.org', now() FROM account WHERE handle = ? ON CONFLICT DO NOTHING
                """,
                guide));
  }
}
