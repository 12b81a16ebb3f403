package io.freshet.cli;

import io.freshet.app.App;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Serves until the process is told to stop; the app then closes itself in order. */
final class Serving {
  private Serving() {}

  /**
   * @param prepare is handed the migrated database before anything reads it
   * @param started gets the app that serves
   */
  static void run(FreshetConfig config, Consumer<Database> prepare, Consumer<App> started) {
    App app = App.serve(config, prepare);
    started.accept(app);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      app.close();
      Thread.currentThread().interrupt();
    }
  }
}
