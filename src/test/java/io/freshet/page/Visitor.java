package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.freshet.testkit.FaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody at a browser of their own, with cookies of their own and a line to the server of their
 * own, which can be made bad. The line is a port of {@code localhost}, where browsers take our
 * cookie without TLS. For the thread of the browser.
 */
public final class Visitor implements AutoCloseable {
  private static final double PICTURE_MILLIS = 5_000;

  private final BrowserContext context;
  private final FaultProxy line;
  private final Problems problems;
  private final Page page;

  private Visitor(BrowserContext context, FaultProxy line) {
    this.context = context;
    this.line = line;
    this.problems = Problems.of(context);
    this.page = context.newPage();
  }

  /** With an empty tab, signed out. */
  static Visitor of(PageServer server, Look look) {
    return new Visitor(Chromium.open(look.options()), FaultProxy.to(server.port()));
  }

  /** The first tab. */
  public Page page() {
    return page;
  }

  /** One more tab of the same browser. */
  public Page newTab() {
    return context.newPage();
  }

  /** The address of a path, as this browser sees the server. */
  public String address(String path) {
    return "http://localhost:" + line.port() + path;
  }

  /** Opens a path in the first tab, and waits until it is loaded. */
  public Visitor opens(String path) {
    page.navigate(address(path));
    return this;
  }

  /**
   * Waits until this is true in the first tab. Playwright's own way evaluates text within the page
   * as soon as it has to wait, which the policy forbids.
   */
  public void awaits(String expression) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
  }

  /** Signs them in, without a look at the page: what is opened from now on sees the session. */
  public Visitor as(Person person) {
    context.addCookies(
        List.of(
            new Cookie("__Host-sid", person.cookie())
                .setUrl("https://localhost/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.LAX)));
    return this;
  }

  /** The server cannot be reached, and every connection is broken; the browser is not told. */
  public void cut() {
    problems.allowNetwork();
    line.refuse();
  }

  /** Connections stay, and nothing passes, as when a telephone leaves its cell. */
  public void stall() {
    problems.allowNetwork();
    line.stall();
  }

  /** Cuts, and the browser knows that it is offline, as when the plug is pulled. */
  public void unplug() {
    cut();
    context.setOffline(true);
  }

  /** The line is good again. */
  public void mend() {
    line.pass();
    context.setOffline(false);
  }

  /**
   * This problem has to happen, or else the test fails: {@code "401 POST /api/v1/sessions"}. See
   * {@link Problems} for what the lines look like; {@code *} stands for anything.
   */
  public Visitor expects(String problem) {
    problems.expect(problem);
    return this;
  }

  /** This problem may happen. */
  public Visitor allows(String problem) {
    problems.allow(problem);
    return this;
  }

  /** What went wrong so far. */
  public List<String> problems() {
    return problems.all();
  }

  /** Fails if axe-core finds anything serious on the first tab as it is now. */
  public void isAccessible() {
    List<String> violations = Axe.violations(page);
    assertThat(violations)
        .overridingErrorMessage(
            () -> "axe-core finds at " + page.url() + "\n" + String.join("\n", violations))
        .isEmpty();
  }

  /** What speaks against the test, after all that the browser has to tell was heard. */
  List<String> unexpected() {
    for (Page each : context.pages()) {
      try {
        each.evaluate("0");
      } catch (PlaywrightException e) {
        problems.lost(each.url(), e);
      }
    }
    return problems.unexpected();
  }

  /** Pictures of all tabs: {@code name.png}, {@code name-2.png} and so on. */
  List<Path> pictures(Path directory, String name) {
    List<Path> taken = new ArrayList<>();
    for (Page each : context.pages()) {
      String number = taken.isEmpty() ? "" : "-" + (taken.size() + 1);
      Path file = directory.resolve(name + number + ".png");
      try {
        each.screenshot(
            new Page.ScreenshotOptions()
                .setPath(file)
                .setFullPage(true)
                .setTimeout(PICTURE_MILLIS));
        taken.add(file);
      } catch (PlaywrightException e) {
        // A tab that is stuck or gone has no picture; the failure itself is told all the same.
      }
    }
    return taken;
  }

  @Override
  public void close() {
    context.close();
    line.close();
  }
}
