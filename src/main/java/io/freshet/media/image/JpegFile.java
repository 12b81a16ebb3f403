package io.freshet.media.image;

import static io.freshet.media.image.ImageHeaders.unsigned;
import static io.freshet.media.image.ImageHeaders.unsignedShort;

import io.freshet.media.MediaException;
import java.nio.ByteBuffer;

/** The segments of a JPEG file (ITU-T T.81, annex B). */
final class JpegFile {
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int APP1 = 0xE1;

  /** Baseline, extended and progressive, all of Huffman's code: what decoders decode. */
  private static final int FIRST_FRAME = 0xC0;

  private static final int LAST_FRAME = 0xC2;

  private int width;
  private int height;
  private int orientation = Exif.UPRIGHT;
  private boolean scanned;

  private JpegFile() {}

  static ImageHeader header(ByteBuffer bytes) {
    return new JpegFile().walk(bytes);
  }

  private ImageHeader walk(ByteBuffer bytes) {
    bytes.position(2);
    int marker = marker(bytes);
    while (marker != END) {
      segment(marker, bytes);
      marker = marker(bytes);
    }
    if (!scanned || width == 0) {
      throw ImageHeaders.cutOff(ImageFormat.JPEG);
    }
    refuseStrangers(bytes.slice());
    return ImageHeader.still(ImageFormat.JPEG, width, height, orientation, bytes.position());
  }

  /** The next marker; before it there may be fill bytes, and behind a scan its data. */
  private static int marker(ByteBuffer bytes) {
    if (unsigned(bytes) != 0xFF) {
      throw ImageHeaders.cutOff(ImageFormat.JPEG);
    }
    int marker = unsigned(bytes);
    while (marker == 0xFF) {
      marker = unsigned(bytes);
    }
    return marker;
  }

  private void segment(int marker, ByteBuffer bytes) {
    if (marker == START || marker < FIRST_FRAME) {
      throw ImageHeaders.cutOff(ImageFormat.JPEG);
    }
    int length = unsignedShort(bytes) - 2;
    if (length < 0) {
      throw ImageHeaders.cutOff(ImageFormat.JPEG);
    }
    ByteBuffer content = bytes.slice(bytes.position(), length);
    ImageHeaders.skip(bytes, length);
    if (isFrame(marker)) {
      frame(marker, content);
    } else if (marker == APP1) {
      orientation = Exif.orientationOfSegment(content).orElse(orientation);
    } else if (marker == SCAN) {
      scanned = true;
      skipScan(bytes);
    }
  }

  /** C4, C8 and CC lie among the frames' markers and are something else. */
  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= 0xCF
        && marker != 0xC4
        && marker != 0xC8
        && marker != 0xCC;
  }

  private void frame(int marker, ByteBuffer content) {
    if (marker > LAST_FRAME || width != 0) {
      throw MediaException.file("is a JPEG of a kind that is not taken: save it anew");
    }
    content.get();
    height = unsignedShort(content);
    width = unsignedShort(content);
    int components = unsigned(content);
    if (components != 1 && components != 3) {
      throw MediaException.file("is a JPEG for print (CMYK): save it as RGB");
    }
    if (height == 0 || width == 0) {
      throw MediaException.file("is a picture without a size");
    }
  }

  private static void skipScan(ByteBuffer bytes) {
    while (true) {
      if (bytes.get() == (byte) 0xFF) {
        int next = Byte.toUnsignedInt(bytes.get(bytes.position()));
        boolean stuffed = next == 0;
        boolean restart = next >= 0xD0 && next <= 0xD7;
        if (!stuffed && !restart && next != 0xFF) {
          bytes.position(bytes.position() - 1);
          return;
        }
      }
    }
  }

  /**
   * Cameras put further pictures (for depth or brightness) or padding after the end: these are left
   * out. Whatever else is there, is there for someone who reads the file as something else.
   */
  private static void refuseStrangers(ByteBuffer rest) {
    boolean picture =
        rest.remaining() > 2 && rest.get(0) == (byte) 0xFF && rest.get(1) == (byte) START;
    boolean padding = rest.hasRemaining() && rest.get(0) == 0;
    if (rest.hasRemaining() && !picture && !padding) {
      throw ImageHeaders.goesOn(ImageFormat.JPEG);
    }
  }
}
