package io.freshet.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.freshet.sdk.NodePackage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser of these tests: the Chromium of this machine, headless, one for this Java machine,
 * started at first use. The environment variable {@code CHROMIUM} names another one. Playwright's
 * driver runs on the Node.js of this machine and ends with this Java machine, and Chromium with it.
 * For the thread that used it first, since Playwright serves one thread.
 */
final class Chromium {
  /** A page that has not come so far by then is stuck, even on a busy machine. */
  private static final double PATIENCE_MILLIS = 15_000;

  private static final List<String> SWITCHES =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private Chromium() {}

  /** A window of its own: no cookie and nothing stored is shared with others. */
  static BrowserContext open(Browser.NewContextOptions options) {
    if (!Thread.currentThread().equals(Running.OWNER)) {
      throw new IllegalStateException("the browser is " + Running.OWNER.getName() + "'s alone");
    }
    BrowserContext context = Running.BROWSER.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  /** Loaded, and thereby started, at first use. */
  private static final class Running {
    static final Thread OWNER = Thread.currentThread();
    static final Browser BROWSER = start();

    private static Browser start() {
      Path modules = NodePackage.ready("page").directory().resolve("node_modules");
      System.setProperty("playwright.cli.dir", modules.toString());
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      Map<String, String> environment =
          Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", "node");
      return Playwright.create(new Playwright.CreateOptions().setEnv(environment))
          .chromium()
          .launch(
              new BrowserType.LaunchOptions().setExecutablePath(executable()).setArgs(SWITCHES));
    }

    private static Path executable() {
      String wanted = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("chromium");
      return Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .map(directory -> Path.of(directory).resolve(wanted))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  wanted + " is not there: ./check installs it, or set CHROMIUM"));
    }
  }
}
