package io.freshet.platform;

import java.util.UUID;

/** Names that nobody can guess or draw twice. */
public final class Unguessable {
  private Unguessable() {}

  /** A random UUID: 122 bits by chance, 36 characters. */
  public static String uuid() {
    return UUID.randomUUID().toString();
  }
}
