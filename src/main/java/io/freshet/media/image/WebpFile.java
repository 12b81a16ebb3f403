package io.freshet.media.image;

import static io.freshet.media.image.ImageHeaders.unsigned;
import static io.freshet.media.image.ImageHeaders.unsignedShort;

import io.freshet.media.MediaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file (RFC 9649). */
final class WebpFile {
  static final int RIFF = 0x52494646;
  static final int WEBP = 0x57454250;

  // Chunks by their four letters, read as a little-endian number.
  private static final int LOSSY = 0x20385056; // "VP8 "
  private static final int LOSSLESS = 0x4C385056; // VP8L
  private static final int EXTENDED = 0x58385056; // VP8X
  private static final int EXIF = 0x46495845;
  private static final int ANIMATION = 0x4D494E41; // ANIM

  private static final int CHUNKS_START = 12;
  private static final int LOSSY_START_CODE = 0x2A019D;
  private static final int LOSSLESS_SIGNATURE = 0x2F;
  private static final int SIDE = 0x3FFF;

  private int width;
  private int height;
  private int canvasWidth;
  private int canvasHeight;
  private int orientation = Exif.UPRIGHT;

  private WebpFile() {}

  static ImageHeader header(ByteBuffer bytes) {
    return new WebpFile().walk(bytes.order(ByteOrder.LITTLE_ENDIAN));
  }

  private ImageHeader walk(ByteBuffer bytes) {
    long end = Integer.toUnsignedLong(bytes.getInt(4)) + 8;
    if (end < bytes.limit()) {
      throw ImageHeaders.goesOn(ImageFormat.WEBP);
    }
    bytes.position(CHUNKS_START);
    while (bytes.hasRemaining()) {
      int type = bytes.getInt();
      long length = Integer.toUnsignedLong(bytes.getInt());
      int start = bytes.position();
      ImageHeaders.skip(bytes, length);
      chunk(type, bytes.slice(start, (int) length).order(ByteOrder.LITTLE_ENDIAN));
      ImageHeaders.skip(bytes, length & 1);
    }
    boolean differs = canvasWidth != 0 && (canvasWidth != width || canvasHeight != height);
    if (end != bytes.limit() || width == 0 || differs) {
      throw ImageHeaders.cutOff(ImageFormat.WEBP);
    }
    return ImageHeader.still(ImageFormat.WEBP, width, height, orientation, bytes.limit());
  }

  private void chunk(int type, ByteBuffer content) {
    switch (type) {
      case LOSSY -> lossy(content);
      case LOSSLESS -> lossless(content);
      case EXTENDED -> {
        content.getInt();
        canvasWidth = 1 + unsignedShort(content) + (unsigned(content) << 16);
        canvasHeight = 1 + unsignedShort(content) + (unsigned(content) << 16);
      }
      case EXIF -> orientation = exif(content);
      case ANIMATION ->
          throw MediaException.file("is an animated WebP: send the animation as a GIF or a video");
      default -> {
        // alpha, profile, XMP and what is unknown: of no concern before decoding
      }
    }
  }

  private void lossy(ByteBuffer content) {
    unsignedShort(content);
    unsigned(content);
    int code = unsignedShort(content) | unsigned(content) << 16;
    if (code != LOSSY_START_CODE || width != 0) {
      throw ImageHeaders.cutOff(ImageFormat.WEBP);
    }
    width = unsignedShort(content) & SIDE;
    height = unsignedShort(content) & SIDE;
  }

  private void lossless(ByteBuffer content) {
    if (unsigned(content) != LOSSLESS_SIGNATURE || width != 0) {
      throw ImageHeaders.cutOff(ImageFormat.WEBP);
    }
    int sizes = content.getInt();
    width = 1 + (sizes & SIDE);
    height = 1 + (sizes >>> 14 & SIDE);
  }

  /** Some writers put the start of a JPEG segment before the data. */
  private static int exif(ByteBuffer content) {
    ByteBuffer bytes = content.order(ByteOrder.BIG_ENDIAN);
    return Exif.orientationOfSegment(bytes)
        .orElseGet(() -> Exif.orientation(content.slice()).orElse(Exif.UPRIGHT));
  }
}
