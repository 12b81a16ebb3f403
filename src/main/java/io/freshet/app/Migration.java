package io.freshet.app;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.FreshetConfig;
import java.time.Duration;

/**
 * Brings the schema up to date and does nothing else: what a platform runs before it starts the
 * processes of a new version. It needs no home when the settings name a database, so that it may
 * run beside servers.
 *
 * @param database where, without anything secret
 */
public record Migration(String database, Database.Migrated migrated) {
  private static final int CONNECTIONS = 2;

  /**
   * @param patience how long to wait for a database that cannot be reached
   */
  public static Migration run(FreshetConfig config, Duration patience) {
    if (config.database().url().isEmpty()) {
      try (DatabaseHost host = DatabaseHost.open(config)) {
        return of(host.database());
      }
    }
    DatabaseAddress address = config.database().url().get();
    try (Database database = Database.open(address, CONNECTIONS, patience)) {
      return of(database);
    }
  }

  private static Migration of(Database database) {
    return new Migration(database.address().shown(), database.migrate());
  }
}
