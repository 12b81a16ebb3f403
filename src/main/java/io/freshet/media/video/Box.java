package io.freshet.media.video;

import io.freshet.media.MediaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of an MP4 file (ISO/IEC 14496-12): a type and a content, at a place in the file.
 *
 * @param start where its header begins
 * @param content where its content begins
 */
record Box(String type, long start, long content, long end) {
  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final byte[] FREE = "free".getBytes(StandardCharsets.US_ASCII);

  /** More than any video has, and few enough to be looked at in a moment. */
  private static final int MAX_BOXES = 10_000;

  /** The boxes that fill this stretch of the file without a gap. */
  static List<Box> between(Source source, long start, long end) {
    List<Box> boxes = new ArrayList<>();
    long at = start;
    while (at < end) {
      Box box = at(source, at, end);
      boxes.add(box);
      at = box.end();
      if (boxes.size() > MAX_BOXES) {
        throw damaged();
      }
    }
    return boxes;
  }

  private static Box at(Source source, long at, long end) {
    ByteBuffer header = source.read(at, HEADER);
    long size = Integer.toUnsignedLong(header.getInt());
    byte[] type = new byte[Integer.BYTES];
    header.get(type);
    long content = at + HEADER;
    if (size == 1) {
      size = source.read(at + HEADER, Long.BYTES).getLong();
      content = at + LONG_HEADER;
    } else if (size == 0) {
      size = end - at;
    }
    if (size < content - at || size > end - at) {
      throw damaged();
    }
    return new Box(new String(type, StandardCharsets.ISO_8859_1), at, content, at + size);
  }

  long length() {
    return end - content;
  }

  /** The content, which must not be longer than this. */
  ByteBuffer read(Source source, int most) {
    if (length() > most) {
      throw damaged();
    }
    return source.read(content, (int) length());
  }

  List<Box> children(Source source) {
    return between(source, content, end);
  }

  /** Makes it a box of nothing, as long as it was. */
  Patch blotOut() {
    // The content may lie behind a long length: it stays where it is, and what follows is zeros.
    return content - start == HEADER
        ? new Patch(start + Integer.BYTES, FREE, length())
        : new Patch(start + Integer.BYTES, longFree(end - start), length());
  }

  private static byte[] longFree(long size) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES).put(FREE).putLong(size).array();
  }

  static MediaException damaged() {
    return MediaException.file("is an MP4 that is cut off or damaged");
  }
}
