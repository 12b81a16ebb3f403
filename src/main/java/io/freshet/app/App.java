package io.freshet.app;

import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A Freshet in this process. It starts from the ground up (database, core, workers, management,
 * then the public server) and stops the other way round; what fails to start leaves nothing
 * running.
 */
public final class App implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** What running requests get to finish when Freshet stops. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Closing closing = new Closing();
  private final Map<String, Operation> operations;
  private final OptionalInt httpPort;

  private App(FreshetConfig config, boolean serve, Consumer<Database> prepare) {
    // From the first moment, so that a signal during a long start leaves nothing running either.
    closing.closeAtExit();
    try {
      DatabaseHost host = closing.add(DatabaseHost.open(config));
      closing.add(DatabaseLock.take(host.database()));
      prepare.accept(host.database());
      Core core = new Core(config, host.database(), InstantSource.system());
      Metrics metrics = closing.add(new Metrics());
      Workers workers = closing.add(Workers.start(core));
      workers.measure(metrics);
      this.operations = new Operations(core, workers).byName();
      Management management = closing.add(Management.start(operations));
      this.httpPort = serve ? OptionalInt.of(serve(core, metrics)) : OptionalInt.empty();
      closing.add(() -> RunFile.delete(config.home()));
      RunFile.write(
          config.home(),
          new RunFile(
              ProcessHandle.current().pid(),
              httpPort.orElse(0),
              management.port(),
              management.secret(),
              host.database().address()));
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  /**
   * With the public server.
   *
   * @param prepare is handed the migrated database before anything reads it
   */
  public static App serve(FreshetConfig config, Consumer<Database> prepare) {
    return new App(config, true, prepare);
  }

  /** Everything but the public server: for a command when no server runs. */
  public static App withoutHttp(FreshetConfig config) {
    return new App(config, false, database -> {});
  }

  /** The port the public server listens on. */
  public OptionalInt httpPort() {
    return httpPort;
  }

  /** Does what {@link ManagementClient#call} has a running server do. */
  public JsonNode call(String operation, JsonNode arguments, Progress progress) {
    return Objects.requireNonNull(operations.get(operation), operation).run(arguments, progress);
  }

  @Override
  public void close() {
    closing.close();
  }

  private int serve(Core core, Metrics metrics) {
    FreshetConfig.Http http = core.config.http();
    HttpConfig listen = new HttpConfig(http.host(), http.port(), IDLE, GRACE);
    return closing
        .add(HttpServer.start(listen, core.site(metrics::scrape).resources(), core.ids.next()))
        .port();
  }
}
