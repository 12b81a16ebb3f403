package io.freshet.web;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/**
 * One operation: a method, a path in Helidon's pattern syntax ({@code /posts/{id}}) and what
 * answers it.
 *
 * @param mostBytes of a body: one that says it is larger is refused before it is read
 * @param trouble what people get to see instead of a problem that is none of theirs
 */
public record Route(
    Method method, String path, Handler handler, long mostBytes, Optional<Trouble> trouble) {
  /** Answers people in their browsers that the server cannot do it now; the headers are set. */
  @FunctionalInterface
  public interface Trouble {
    void show(ServerRequest request, ServerResponse response, int status);
  }

  /**
   * A body over the limit of its operation is read to its end up to this size, so that its sender
   * gets to see the 413 rather than a broken connection.
   */
  static final long MOST_BYTES = 8 << 20;

  /** The path of what is asked for under addresses that no other route has. */
  public static final String ELSEWHERE = "/*";

  public Route(Method method, String path, Handler handler) {
    this(method, path, handler, MOST_BYTES, Optional.empty());
  }

  public static Route get(String path, Handler handler) {
    return new Route(Method.GET, path, handler);
  }

  public static Route post(String path, Handler handler) {
    return new Route(Method.POST, path, handler);
  }

  public static Route put(String path, Handler handler) {
    return new Route(Method.PUT, path, handler);
  }

  public static Route delete(String path, Handler handler) {
    return new Route(Method.DELETE, path, handler);
  }

  /** A POST that takes files. */
  public static Route upload(String path, long mostBytes, Handler handler) {
    return new Route(Method.POST, path, handler, mostBytes, Optional.empty());
  }

  boolean isElsewhere() {
    return path.equals(ELSEWHERE);
  }

  /** The same, answered by another. */
  public Route with(Handler other) {
    return new Route(method, path, other, mostBytes, trouble);
  }

  /** The same, with this shown in times of trouble. */
  public Route showing(Trouble shown) {
    return new Route(method, path, handler, mostBytes, Optional.of(shown));
  }
}
