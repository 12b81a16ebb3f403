package io.freshet.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Opaque page cursors: base64url of a version byte, the key below which the page starts (an id, or
 * several numbers), and a check over both and the list's name. The check is no secret; it tells a
 * cursor of ours from a made-up, damaged or foreign one.
 */
public final class Cursors {
  private static final byte VERSION = 1;
  private static final int FRAME = 1 + Integer.BYTES;

  private Cursors() {}

  public static String encode(String list, long before) {
    return encodeKeys(list, before);
  }

  /** Empty when the text is not a cursor of this list. */
  public static OptionalLong decode(String list, String cursor) {
    return decodeKeys(list, cursor, 1)
        .map(key -> OptionalLong.of(key[0]))
        .orElse(OptionalLong.empty());
  }

  /** Of a list whose place has several keys. */
  static String encodeKeys(String list, long... key) {
    ByteBuffer bytes = ByteBuffer.allocate(FRAME + key.length * Long.BYTES).put(VERSION);
    for (long part : key) {
      bytes.putLong(part);
    }
    bytes.putInt(check(list, key));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The same of a list whose place has so many keys. */
  static Optional<long[]> decodeKeys(String list, String cursor, int parts) {
    if (cursor.length() > 4 * (FRAME + parts * Long.BYTES)) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != FRAME + parts * Long.BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long[] key = new long[parts];
    for (int i = 0; i < parts; i++) {
      key[i] = buffer.getLong();
    }
    boolean ours = encodeKeys(list, key).equals(cursor);
    return ours ? Optional.of(key) : Optional.empty();
  }

  private static int check(String list, long... key) {
    CRC32C crc = new CRC32C();
    crc.update(VERSION);
    crc.update(list.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(key.length * Long.BYTES);
    for (long part : key) {
      bytes.putLong(part);
    }
    crc.update(bytes.flip());
    return (int) crc.getValue();
  }
}
