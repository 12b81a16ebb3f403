package io.freshet.app;

import io.freshet.platform.Database;

/** Lets the demo's guide see the status; anywhere else nobody is an administrator at first. */
public final class DemoAdministrator {
  private DemoAdministrator() {}

  /** Before the town is served. */
  public static void make(Database database, String guide) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute("UPDATE account SET administrator = true WHERE handle = ?", guide));
  }
}
