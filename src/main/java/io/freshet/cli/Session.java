package io.freshet.cli;

import io.freshet.app.App;
import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Home;
import io.freshet.platform.OperatorException;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A Freshet to ask: the running one of this home, or, when none runs, one in this process for as
 * long as the command lasts.
 */
final class Session implements AutoCloseable {

  private interface Line extends AutoCloseable {
    JsonNode call(String operation, JsonNode arguments, Progress progress);

    @Override
    void close();
  }

  private final Line line;

  private Session(Line line) {
    this.line = line;
  }

  /** Tells on {@code err} when it starts one of its own. */
  static Session open(FreshetConfig config, PrintWriter err) {
    Optional<RunFile> running = running(config.home());
    if (running.isPresent()) {
      return new Session(remote(new ManagementClient(running.get())));
    }
    err.println(
        "No server is running in "
            + config.home().directory()
            + ": starting one for this command, without its HTTP port.");
    return new Session(local(App.withoutHttp(config)));
  }

  /** How to reach the process that uses this home, if one does. */
  static Optional<RunFile> running(Home home) {
    try {
      home.lock().close();
      return Optional.empty();
    } catch (OperatorException e) {
      Optional<RunFile> running = RunFile.read(home);
      if (running.isEmpty()) {
        throw e;
      }
      return running;
    }
  }

  JsonNode call(String operation, JsonNode arguments, Progress progress) {
    return line.call(operation, arguments, progress);
  }

  @Override
  public void close() {
    line.close();
  }

  private static Line remote(ManagementClient client) {
    return new Line() {
      @Override
      public JsonNode call(String operation, JsonNode arguments, Progress progress) {
        return client.call(operation, arguments, progress);
      }

      @Override
      public void close() {}
    };
  }

  private static Line local(App app) {
    return new Line() {
      @Override
      public JsonNode call(String operation, JsonNode arguments, Progress progress) {
        return app.call(operation, arguments, progress);
      }

      @Override
      public void close() {
        app.close();
      }
    };
  }
}
