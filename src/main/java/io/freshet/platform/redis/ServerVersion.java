package io.freshet.platform.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oldest server that is spoken to. Errors inside scripts begin with their code only since Redis
 * 7.0, and by the code it is known that a shard has moved. Valkey says which Redis it is equal to.
 */
final class ServerVersion {
  private static final int OLDEST_MAJOR = 7;
  private static final Pattern MAJOR = Pattern.compile("\\d{1,9}(?=\\.)");

  private ServerVersion() {}

  /**
   * Refuses a server that is too old, or tells no version.
   *
   * @param found what it calls its {@code redis_version}
   * @param address of the server, for the sentence
   */
  static void require(String found, String address) {
    Matcher major = MAJOR.matcher(found);
    if (!major.lookingAt() || Integer.parseInt(major.group()) < OLDEST_MAJOR) {
      throw new RedisAwayException(
          "Redis %d.0 or newer is needed, and the one at %s is \"%s\""
              .formatted(OLDEST_MAJOR, address, found));
    }
  }
}
