package io.freshet.platform.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a shard lives: a connection to one server process, and the generation of keys that began
 * when that process became the shard's home. Whatever an earlier home held is never read again.
 *
 * @param id the server's run id and the generation, as recorded in the server
 * @param prefix of all keys of this generation
 */
record Home(Link link, int shard, String id, String prefix) {
  /**
   * The version of the format of everything we keep in Redis: other code never reads another one.
   */
  private static final String FORMAT = "f1";

  /** For SCAN: the keys of all shards. */
  static final String PATTERN = FORMAT + ":{*";

  private static final Pattern KEY = Pattern.compile(FORMAT + ":\\{(\\d{1,9})}:");

  static Home of(Link link, int shard, String id) {
    String generation = id.substring(id.indexOf(' ') + 1);
    return new Home(link, shard, id, FORMAT + ":{" + shard + "}:" + generation + ":");
  }

  /** The record of the shard's home, a hash whose field {@code id} is {@link #id}. */
  static byte[] key(int shard) {
    return bytes(FORMAT + ":{" + shard + "}:home");
  }

  /** The shard of a key of ours. */
  static Optional<Integer> shardIn(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.lookingAt() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** The keys, and for the fence the home's own. */
  byte[][] keys(List<String> suffixes) {
    byte[][] keys = new byte[suffixes.size() + 1][];
    for (int i = 0; i < suffixes.size(); i++) {
      keys[i] = bytes(prefix + suffixes.get(i));
    }
    keys[suffixes.size()] = key(shard);
    return keys;
  }

  /** The arguments, and for the fence the home's id. */
  byte[][] arguments(byte[]... given) {
    byte[][] arguments = new byte[given.length + 1][];
    System.arraycopy(given, 0, arguments, 0, given.length);
    arguments[given.length] = bytes(id);
    return arguments;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
