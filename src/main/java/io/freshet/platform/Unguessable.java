package io.freshet.platform;

import java.security.SecureRandom;
import java.util.UUID;

/** Names and secrets that nobody can guess or draw twice. Thread-safe. */
public final class Unguessable {
  private Unguessable() {}

  /** A random UUID: 122 bits by chance, 36 characters. */
  public static String uuid() {
    return UUID.randomUUID().toString();
  }

  /** So many random bytes. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
