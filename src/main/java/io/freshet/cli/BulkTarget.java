package io.freshet.cli;

import io.freshet.app.DatabaseHost;
import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import java.util.Optional;

/**
 * The database to import into: that of the running server, whose caches forget afterwards, or one
 * opened here.
 */
final class BulkTarget implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final Optional<RunFile> server;
  private final Database database;
  private final Runnable closing;

  private BulkTarget(Optional<RunFile> server, Database database, Runnable closing) {
    this.server = server;
    this.database = database;
    this.closing = closing;
  }

  static BulkTarget open(FreshetConfig config) {
    Optional<RunFile> server = Session.running(config.home());
    if (server.isPresent()) {
      Database database = Database.open(server.get().database(), CONNECTIONS);
      return new BulkTarget(server, database, database::close);
    }
    DatabaseHost host = DatabaseHost.open(config);
    Runtime.getRuntime().addShutdownHook(new Thread(host::close, "shutdown"));
    return new BulkTarget(server, host.database(), host::close);
  }

  Database database() {
    return database;
  }

  /** To be called when the rows are there. */
  void forgetCaches() {
    server.ifPresent(running ->
        new ManagementClient(running)
            .call("caches.forget", OperationOptions.arguments(), Progress.SILENT));
  }

  @Override
  public void close() {
    closing.run();
  }
}
