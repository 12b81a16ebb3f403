package io.freshet.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script out of {@code lua/<name>.lua}, and how its answer is read. KEYS and ARGV are those
 * that the caller gave; what stands before the script ends it if the shard has another home by now.
 *
 * @param sha its SHA-1 in hexadecimal, under which Redis remembers it
 * @param decoder runs on the thread that reads from Redis: it must be short and never wait
 */
public record Script<T>(
    String name, byte[] source, byte[] sha, Function<@Nullable Object, T> decoder) {
  /** The code of the error that a script of another home answers. */
  static final String STALE = "STALEHOME";

  /** The last key is the shard's home, the last argument what the caller holds it to be. */
  private static final String FENCE =
      "if redis.call('HGET', table.remove(KEYS), 'id') ~= table.remove(ARGV) then"
          + " return redis.error_reply('"
          + STALE
          + " the shard has another home') end ";

  /**
   * Reads a script.
   *
   * @param libraries names of files with functions that it uses
   */
  public static <T> Script<T> load(
      String name, Function<@Nullable Object, T> decoder, String... libraries) {
    StringBuilder text = new StringBuilder(FENCE);
    for (String library : libraries) {
      text.append(resource(library));
    }
    return of(name, text.append(resource(name)).toString(), decoder);
  }

  /** Without the fence. */
  static <T> Script<T> bare(String name, Function<@Nullable Object, T> decoder) {
    return of(name, resource(name), decoder);
  }

  private static <T> Script<T> of(
      String name, String source, Function<@Nullable Object, T> decoder) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(bytes);
      String hex = HexFormat.of().formatHex(sha);
      return new Script<>(name, bytes, hex.getBytes(StandardCharsets.US_ASCII), decoder);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream("/lua/" + name + ".lua")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no script lua/" + name + ".lua");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
