package io.freshet.media.image;

import static io.freshet.media.image.ImageHeaders.unsignedShort;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** The one thing in Exif data that matters to us: how the camera was held. The rest is dropped. */
final class Exif {
  static final int UPRIGHT = 1;

  private static final long SEGMENT_START = 0x457869660000L; // "Exif", 0, 0
  private static final int LITTLE_ENDIAN_MARK = 0x4949;
  private static final int BIG_ENDIAN_MARK = 0x4D4D;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int VALUE_BYTES = 4;

  private Exif() {}

  /** Of a JPEG segment, if that is what it holds. */
  static OptionalInt orientationOfSegment(ByteBuffer segment) {
    if (segment.remaining() < 6
        || (((long) segment.getInt(0) << 16) | (segment.getShort(4) & 0xFFFF)) != SEGMENT_START) {
      return OptionalInt.empty();
    }
    return orientation(segment.slice(6, segment.remaining() - 6));
  }

  /** Of a TIFF structure; empty if it does not say, or is damaged. */
  static OptionalInt orientation(ByteBuffer tiff) {
    try {
      int mark = unsignedShort(tiff);
      if (mark != LITTLE_ENDIAN_MARK && mark != BIG_ENDIAN_MARK) {
        return OptionalInt.empty();
      }
      tiff.order(mark == LITTLE_ENDIAN_MARK ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      tiff.getShort();
      int directory = tiff.getInt();
      if (directory < 0 || directory > tiff.limit()) {
        return OptionalInt.empty();
      }
      tiff.position(directory);
      return inDirectory(tiff);
    } catch (BufferUnderflowException e) {
      return OptionalInt.empty();
    }
  }

  private static OptionalInt inDirectory(ByteBuffer tiff) {
    for (int entries = unsignedShort(tiff); entries > 0; entries--) {
      int tag = unsignedShort(tiff);
      int type = unsignedShort(tiff);
      tiff.getInt();
      if (tag == ORIENTATION && type == SHORT) {
        int value = unsignedShort(tiff);
        return value >= 1 && value <= 8 ? OptionalInt.of(value) : OptionalInt.empty();
      }
      tiff.position(Math.min(tiff.limit(), tiff.position() + VALUE_BYTES));
    }
    return OptionalInt.empty();
  }
}
