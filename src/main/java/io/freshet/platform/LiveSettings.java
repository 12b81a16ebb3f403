package io.freshet.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of live connections.
 *
 * @param centrifugo the server that connections go to instead of this one
 * @param origins of pages that may connect, besides our own; {@code *} is any
 * @param isInsecure whether everybody may do everything: for development
 * @param allowsAnonymous whether one may connect without a token
 * @param tokenSecret signs the connection tokens; empty: a key derived from the main secret does
 * @param apiKey opens the server API; empty: nothing does, but for insecure mode
 * @param namespaces a file with more namespaces
 * @param history events kept of each feed
 * @param historySeconds how long they are kept
 */
public record LiveSettings(
    Optional<Centrifugo> centrifugo,
    List<String> origins,
    boolean isInsecure,
    boolean allowsAnonymous,
    Optional<String> tokenSecret,
    int tokenMinutes,
    Optional<String> apiKey,
    Optional<Path> namespaces,
    int history,
    int historySeconds,
    int maxConnections,
    int pingSeconds,
    int pongSeconds) {

  /**
   * @param url of its HTTP API, without {@code /api}
   */
  public record Centrifugo(String url, String apiKey) {
    /** Where its clients connect. */
    public String address() {
      return url.replaceFirst("^http", "ws") + "/connection/websocket";
    }
  }

  static LiveSettings read(ConfigSource from) {
    return new LiveSettings(
        centrifugo(from),
        Stream.of(from.text("live.origins", "").split(","))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .toList(),
        from.flag("live.insecure", false),
        from.flag("live.anonymous", true),
        given(from.text("live.tokenSecret", "")),
        from.number("live.tokenMinutes", 15, 1, 525_600),
        given(from.text("live.apiKey", "")),
        given(from.text("live.namespaces", "")).map(Path::of),
        from.number("live.history", 100, 1, 300),
        from.number("live.historySeconds", 300, 1, 86_400),
        from.number("live.maxConnections", 50_000, 1, 10_000_000),
        from.number("live.pingSeconds", 25, 1, 45),
        from.number("live.pongSeconds", 8, 1, 45));
  }

  private static Optional<Centrifugo> centrifugo(ConfigSource from) {
    String backend = from.text("live.backend", "freshet");
    Centrifugo server =
        new Centrifugo(
            from.text("live.centrifugo.url", ""), from.text("live.centrifugo.apiKey", ""));
    return switch (backend) {
      case "freshet" -> Optional.empty();
      case "centrifugo" -> {
        if (server.url().isEmpty()) {
          throw new OperatorException(
              "live.backend is centrifugo, but not where it is: set live.centrifugo.url, for example"
                  + " to http://localhost:8000.");
        }
        yield Optional.of(server);
      }
      default ->
          throw new OperatorException(
              "live.backend must be freshet or centrifugo, not \"" + backend + "\".");
    };
  }

  private static Optional<String> given(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
