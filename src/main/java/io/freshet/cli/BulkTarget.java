package io.freshet.cli;

import io.freshet.app.App;
import io.freshet.app.DatabaseHost;
import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import java.util.Optional;

/**
 * The database to import into: that of the running server, whose caches forget afterwards, or one
 * opened here. In a cluster others may be running on it, whom a process of this command tells.
 */
final class BulkTarget implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final String FORGET = "caches.forget";

  private final Database database;
  private final Runnable forgetting;
  private final Runnable closing;

  private BulkTarget(Database database, Runnable forgetting, Runnable closing) {
    this.database = database;
    this.forgetting = forgetting;
    this.closing = closing;
  }

  static BulkTarget open(FreshetConfig config) {
    Optional<RunFile> server = Session.running(config.home());
    if (server.isPresent()) {
      Database database = Database.open(server.get().database(), CONNECTIONS);
      ManagementClient client = new ManagementClient(server.get());
      return new BulkTarget(
          database,
          () -> client.call(FORGET, OperationOptions.arguments(), Progress.SILENT),
          database::close);
    }
    return config.isCluster() ? amongOthers(config) : alone(config);
  }

  private static BulkTarget amongOthers(FreshetConfig config) {
    App app = App.withoutHttp(config);
    Database database =
        Database.open(RunFile.read(config.home()).orElseThrow().database(), CONNECTIONS);
    return new BulkTarget(
        database,
        () -> app.call(FORGET, OperationOptions.arguments(), Progress.SILENT),
        () -> {
          database.close();
          app.close();
        });
  }

  private static BulkTarget alone(FreshetConfig config) {
    DatabaseHost host = DatabaseHost.open(config);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close, "shutdown"));
    return new BulkTarget(host.database(), () -> {}, host::close);
  }

  Database database() {
    return database;
  }

  /**
   * Has all processes forget what they remember, also after a fault: some of the rows may be there.
   */
  @Override
  public void close() {
    try {
      forgetting.run();
    } finally {
      closing.run();
    }
  }
}
