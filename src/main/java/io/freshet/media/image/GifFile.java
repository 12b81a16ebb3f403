package io.freshet.media.image;

import static io.freshet.media.image.ImageHeaders.unsigned;
import static io.freshet.media.image.ImageHeaders.unsignedShort;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The blocks of a GIF file (GIF89a, appendix A). */
final class GifFile {
  private static final int HEADER_BYTES = 6;
  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3B;
  private static final int HAS_COLOURS = 0x80;
  private static final int COLOURS = 0x07;
  private static final int COLOUR_BYTES = 3;

  private GifFile() {}

  static ImageHeader header(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES);
    int width = unsignedShort(bytes);
    int height = unsignedShort(bytes);
    int flags = unsigned(bytes);
    bytes.getShort();
    skipColours(bytes, flags);
    int frames = 0;
    long framePixels = 0;
    for (int block = unsigned(bytes); block != TRAILER; block = unsigned(bytes)) {
      switch (block) {
        case IMAGE -> {
          frames++;
          framePixels += frame(bytes, width, height);
        }
        case EXTENSION -> {
          bytes.get();
          skipData(bytes);
        }
        default -> throw ImageHeaders.cutOff(ImageFormat.GIF);
      }
    }
    if (frames == 0) {
      throw ImageHeaders.cutOff(ImageFormat.GIF);
    }
    if (bytes.hasRemaining()) {
      throw ImageHeaders.goesOn(ImageFormat.GIF);
    }
    return new ImageHeader(
        ImageFormat.GIF, width, height, frames, framePixels, Exif.UPRIGHT, bytes.position());
  }

  /** The pixels of a frame, which must lie within the picture. */
  private static long frame(ByteBuffer bytes, int width, int height) {
    int left = unsignedShort(bytes);
    int top = unsignedShort(bytes);
    int frameWidth = unsignedShort(bytes);
    int frameHeight = unsignedShort(bytes);
    if (frameWidth == 0
        || frameHeight == 0
        || left + frameWidth > width
        || top + frameHeight > height) {
      throw ImageHeaders.cutOff(ImageFormat.GIF);
    }
    skipColours(bytes, unsigned(bytes));
    bytes.get();
    skipData(bytes);
    return (long) frameWidth * frameHeight;
  }

  private static void skipColours(ByteBuffer bytes, int flags) {
    if ((flags & HAS_COLOURS) != 0) {
      ImageHeaders.skip(bytes, (long) COLOUR_BYTES << ((flags & COLOURS) + 1));
    }
  }

  private static void skipData(ByteBuffer bytes) {
    for (int length = unsigned(bytes); length != 0; length = unsigned(bytes)) {
      ImageHeaders.skip(bytes, length);
    }
  }
}
