package io.freshet.media.video;

import io.freshet.media.MediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An element of a WebM file (EBML, RFC 8794): an id with its marker bits, and a content.
 *
 * @param end of its content; {@link #UNKNOWN} if it lasts until something that cannot be in it
 */
record Element(int id, long start, long content, long end) {
  static final long UNKNOWN = -1;

  private static final int MAX_ID_BYTES = 4;
  private static final int VOID = 0xEC;

  static Element at(Source source, long at, long limit) {
    int idBytes = length(source, at, limit);
    if (idBytes > MAX_ID_BYTES) {
      throw damaged();
    }
    int id = 0;
    ByteBuffer bytes = source.read(at, idBytes);
    while (bytes.hasRemaining()) {
      id = id << Byte.SIZE | Byte.toUnsignedInt(bytes.get());
    }
    int sizeBytes = length(source, at + idBytes, limit);
    long size = 0;
    bytes = source.read(at + idBytes, sizeBytes);
    while (bytes.hasRemaining()) {
      size = size << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
    }
    long all = (1L << (7 * sizeBytes)) - 1;
    long content = at + idBytes + sizeBytes;
    size &= all;
    if (size == all) {
      return new Element(id, at, content, UNKNOWN);
    }
    if (size > limit - content) {
      throw damaged();
    }
    return new Element(id, at, content, content + size);
  }

  /** Bytes of the number that starts here, by the zeros before its first one. */
  private static int length(Source source, long at, long limit) {
    if (at >= limit) {
      throw damaged();
    }
    int first = Byte.toUnsignedInt(source.read(at, 1).get());
    if (first == 0) {
      throw damaged();
    }
    int length = Integer.numberOfLeadingZeros(first) - (Integer.SIZE - Byte.SIZE) + 1;
    if (length > limit - at) {
      throw damaged();
    }
    return length;
  }

  boolean isUnknown() {
    return end == UNKNOWN;
  }

  long size() {
    if (isUnknown()) {
      throw damaged();
    }
    return end - content;
  }

  /** An unsigned number. */
  long number(Source source) {
    if (size() > Long.BYTES) {
      throw damaged();
    }
    long number = 0;
    ByteBuffer bytes = source.read(content, (int) size());
    while (bytes.hasRemaining()) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
    }
    return number;
  }

  double real(Source source) {
    ByteBuffer bytes = source.read(content, (int) Math.min(size(), Long.BYTES));
    return switch (bytes.remaining()) {
      case 0 -> 0;
      case Float.BYTES -> bytes.getFloat();
      case Double.BYTES -> bytes.getDouble();
      default -> throw damaged();
    };
  }

  /** A short word; zeros after it do not count. */
  String word(Source source) {
    if (size() > 100) {
      throw damaged();
    }
    ByteBuffer bytes = source.read(content, (int) size());
    return StandardCharsets.ISO_8859_1.decode(bytes).toString().replace("\0", "");
  }

  Patch zeros() {
    return Patch.zeros(content, size());
  }

  /** Makes it an element of nothing, as long as it was. */
  Patch blotOut() {
    long whole = size() + content - start;
    int sizeBytes = (int) Math.min(Long.BYTES, content - start - 1);
    long empty = whole - 1 - sizeBytes;
    byte[] header = new byte[1 + sizeBytes];
    header[0] = (byte) VOID;
    for (int i = sizeBytes; i > 0; i--) {
      header[i] = (byte) (empty >> (Byte.SIZE * (sizeBytes - i)));
    }
    header[1] |= (byte) (0x80 >> (sizeBytes - 1));
    return new Patch(start, header, empty);
  }

  static MediaException damaged() {
    return MediaException.file("is a WebM that is cut off or damaged");
  }
}
