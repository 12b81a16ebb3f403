package io.freshet.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Opaque page cursors: base64url of a version byte, the id below which the page starts, and a check
 * over both and the list's name. The check is no secret; it tells a cursor of ours from a made-up,
 * damaged or foreign one.
 */
public final class Cursors {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES + Integer.BYTES;
  private static final int CHARACTERS = 18; // BYTES in base64url without padding

  private Cursors() {}

  public static String encode(String list, long before) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES).put(VERSION).putLong(before).putInt(check(list, before));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Empty when the text is not a cursor of this list. */
  public static OptionalLong decode(String list, String cursor) {
    if (cursor.length() != CHARACTERS) {
      return OptionalLong.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return OptionalLong.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte version = buffer.get();
    long before = buffer.getLong();
    boolean ours =
        version == VERSION
            && buffer.getInt() == check(list, before)
            && encode(list, before).equals(cursor);
    return ours ? OptionalLong.of(before) : OptionalLong.empty();
  }

  private static int check(String list, long before) {
    CRC32C crc = new CRC32C();
    crc.update(VERSION);
    crc.update(list.getBytes(StandardCharsets.UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, before));
    return (int) crc.getValue();
  }
}
