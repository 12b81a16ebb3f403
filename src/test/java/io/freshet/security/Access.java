package io.freshet.security;

import io.freshet.web.ApiDescription.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Who may do what to another's thing: the table {@code security/access.txt}, and its defaults. */
final class Access {
  /** Who asks. An administrator may do no more to another's things than any stranger. */
  enum Who {
    OWNER,
    STRANGER,
    RESTRICTED,
    ADMINISTRATOR,
    ANONYMOUS
  }

  /** What the answer is to be. */
  enum Expected {
    DONE,
    EMPTY,
    /** Refused as not valid, which only the owner is told. */
    INVALID,
    NO_SUCH_THING,
    UNAUTHORIZED
  }

  private final Map<String, String> named;

  private Access(Map<String, String> named) {
    this.named = named;
  }

  static Access table() {
    try (InputStream file =
        Objects.requireNonNull(Access.class.getResourceAsStream("/security/access.txt"))) {
      return new Access(
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split("\\s+"))
              .collect(Collectors.toMap(words -> words[0], words -> words[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> named() {
    return named;
  }

  Expected of(Operation operation, Who who) {
    String access = named.getOrDefault(operation.id(), operation.needsToken() ? "own" : "seen");
    if (who == Who.ANONYMOUS && operation.needsToken()) {
      return Expected.UNAUTHORIZED;
    }
    return switch (access) {
      case "public", "people" -> Expected.DONE;
      case "seen", "viewers" -> who == Who.RESTRICTED ? Expected.NO_SUCH_THING : Expected.DONE;
      case "others" ->
          switch (who) {
            case OWNER -> Expected.INVALID;
            case RESTRICTED -> Expected.NO_SUCH_THING;
            default -> Expected.DONE;
          };
      case "empty" -> who == Who.RESTRICTED ? Expected.EMPTY : Expected.DONE;
      case "person" -> who == Who.OWNER ? Expected.INVALID : Expected.DONE;
      case "own" -> who == Who.OWNER ? Expected.DONE : Expected.NO_SUCH_THING;
      default -> throw new IllegalStateException(operation.id() + " has no such access: " + access);
    };
  }
}
