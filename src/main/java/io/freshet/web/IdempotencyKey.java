package io.freshet.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header by which a caller says that a creation is the same as an earlier one. */
public final class IdempotencyKey {
  private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
  private static final HeaderName REPLAYED = HeaderNames.create("Idempotency-Replayed");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,128}");

  private IdempotencyKey() {}

  public static Optional<String> of(ServerRequest request) {
    if (!request.headers().contains(KEY)) {
      return Optional.empty();
    }
    String key = request.headers().get(KEY).get();
    if (!PRINTABLE.matcher(key).matches()) {
      throw Problem.invalid("Idempotency-Key", "must have 1 to 128 printable ASCII characters")
          .thrown();
    }
    return Optional.of(key);
  }

  /** Says that the answer is of an earlier request. */
  public static void markReplayed(ServerResponse response) {
    response.header(REPLAYED, "true");
  }
}
