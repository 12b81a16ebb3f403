package io.freshet.app;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Home;
import java.util.Map;

/**
 * The migrated database of this process: the embedded server unless the settings name another.
 * Holds the home's lock.
 */
public final class DatabaseHost implements AutoCloseable {
  private final Closing closing = new Closing();
  private final Database database;

  private DatabaseHost(FreshetConfig config) {
    try {
      Home.Lock lock = config.home().lock();
      closing.add(lock);
      FreshetConfig.Storage sizes = config.database();
      this.database =
          closing.add(Database.open(address(config), sizes.poolSize(), sizes.waiting()));
      database.migrate();
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  public static DatabaseHost open(FreshetConfig config) {
    return new DatabaseHost(config);
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() {
    closing.close();
  }

  private DatabaseAddress address(FreshetConfig config) {
    if (config.database().url().isPresent()) {
      return config.database().url().get();
    }
    int connections = config.database().poolSize() + 20;
    Map<String, String> settings =
        Map.of(
            "shared_buffers",
            config.database().sharedBuffers() + "MB",
            "max_connections",
            Integer.toString(connections));
    return closing.add(EmbeddedPostgres.start(config.home().postgres(), settings)).address();
  }
}
