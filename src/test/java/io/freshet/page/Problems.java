package io.freshet.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What went wrong in somebody's browser, a line each:
 *
 * <ul>
 *   <li>{@code status: 404 GET /api/v1/posts/1}, any answer from 400 on
 *   <li>{@code failed: GET /api/v1/feed net::ERR_CONNECTION_RESET}, no answer at all, unless the
 *       page itself broke the request off
 *   <li>{@code console: ...}, what was logged as an error
 *   <li>{@code script: ...}, an exception or a rejection that nobody caught
 *   <li>{@code policy: script-src-elem refused https://...}, against the content security policy
 * </ul>
 *
 * A test says which it expects; the rest fails it. For the thread of the browser.
 */
public final class Problems {
  private static final int SERIOUS = 400;

  /** Said by Chromium besides the answer or the failure itself. */
  private static final String ECHO = "Failed to load resource:";

  /** Where the browser tells of what its policy refused; no page of ours has such a name. */
  private static final String BINDING = "tellTheTestWhatWasRefused";

  private static final String LISTENER =
      """
      addEventListener('securitypolicyviolation', event => %s(
        `${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`));
      """
          .formatted(BINDING);

  private static final Pattern NETWORK =
      Pattern.compile("failed: .* net::ERR_.*|console: WebSocket connection to .*", Pattern.DOTALL);

  private final List<String> lines = new ArrayList<>();
  private final Map<String, Pattern> expected = new LinkedHashMap<>();
  private final List<Pattern> allowed = new ArrayList<>();

  /** Listens to all tabs of a context. */
  static Problems of(BrowserContext context) {
    Problems problems = new Problems();
    context.onConsoleMessage(problems::logged);
    context.onWebError(error -> problems.lines.add("script: " + error.error()));
    context.onResponse(problems::answered);
    context.onRequestFailed(problems::failed);
    context.exposeBinding(
        BINDING,
        (_, arguments) -> {
          problems.lines.add("policy: " + String.valueOf(arguments[0]).strip());
          return true;
        });
    context.addInitScript(LISTENER);
    return problems;
  }

  /** All of them, in order. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  /** These have to happen; {@code *} stands for anything, and the pattern for a part of a line. */
  void expect(String pattern) {
    expected.put(pattern, compiled(pattern));
  }

  /** These may happen. */
  void allow(String pattern) {
    allowed.add(compiled(pattern));
  }

  /** From now on nobody wonders that requests fail: the network was made bad. */
  void allowNetwork() {
    allowed.add(NETWORK);
  }

  /** A tab that does not answer any more. */
  void lost(String address, PlaywrightException cause) {
    lines.add("lost: " + address + " " + cause.getMessage());
  }

  /** What speaks against the test: problems that nobody expected, and expectations in vain. */
  List<String> unexpected() {
    Stream<String> surprises =
        lines.stream()
            .filter(line ->
                Stream.concat(expected.values().stream(), allowed.stream())
                    .noneMatch(pattern -> pattern.matcher(line).find()));
    Stream<String> missing =
        expected.entrySet().stream()
            .filter(it -> lines.stream().noneMatch(line -> it.getValue().matcher(line).find()))
            .map(it -> "expected and did not happen: " + it.getKey());
    return Stream.concat(surprises, missing).toList();
  }

  private void logged(ConsoleMessage message) {
    if (message.type().equals("error") && !message.text().startsWith(ECHO)) {
      lines.add("console: " + message.text() + " (" + message.location() + ")");
    }
  }

  private void answered(Response response) {
    if (response.status() >= SERIOUS) {
      lines.add("status: " + response.status() + " " + asked(response.request()));
    }
  }

  private void failed(Request request) {
    if (!request.failure().contains("ERR_ABORTED")) {
      lines.add("failed: " + asked(request) + " " + request.failure());
    }
  }

  private static String asked(Request request) {
    URI address = URI.create(request.url());
    String path = address.getRawPath() == null ? request.url() : address.getRawPath();
    return request.method() + " " + path;
  }

  private static Pattern compiled(String pattern) {
    return Pattern.compile(
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
