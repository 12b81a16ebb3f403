package io.freshet.platform.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what scripts answer: a number, bytes, a list, or nothing (Lua's {@code false}). */
public final class Reply {
  private Reply() {}

  /** A number; nothing counts as 0. */
  public static long number(@Nullable Object reply) {
    return switch (reply) {
      case null -> 0;
      case Long number -> number;
      default -> throw unexpected(reply, "a number");
    };
  }

  public static Optional<byte[]> bytes(@Nullable Object reply) {
    return switch (reply) {
      case null -> Optional.empty();
      case byte[] bytes -> Optional.of(bytes);
      default -> throw unexpected(reply, "bytes");
    };
  }

  /** The text; nothing counts as none. */
  public static String text(@Nullable Object reply) {
    return reply instanceof String text
        ? text
        : bytes(reply).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  /** The elements, each of which may be nothing; nothing counts as an empty list. */
  @SuppressWarnings("unchecked")
  public static List<@Nullable Object> list(@Nullable Object reply) {
    return switch (reply) {
      case null -> List.of();
      case List<?> list -> (List<@Nullable Object>) list;
      default -> throw unexpected(reply, "a list");
    };
  }

  private static IllegalStateException unexpected(Object reply, String wanted) {
    return new IllegalStateException(
        "Redis answered " + reply.getClass().getSimpleName() + ", not " + wanted);
  }
}
