package io.freshet.media.image;

import io.freshet.media.MediaException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the structure of a picture's file from its first byte to its last, without decoding: what
 * it costs does not depend on how large the picture says it is. A file that is cut off, is not what
 * its first bytes say, or goes on after its end is refused. Pure: the same bytes give the same
 * answer, and whatever they are, the only exception is a {@link MediaException}.
 */
public final class ImageHeaders {
  private static final int MAGIC_BYTES = 12;

  private ImageHeaders() {}

  /** The format that the first bytes of a file are of. */
  public static Optional<ImageFormat> sniff(byte[] start) {
    if (start.length < MAGIC_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(start);
    if (bytes.getInt(0) >>> 8 == 0xFFD8FF) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (bytes.getLong(0) == PngFile.SIGNATURE) {
      return Optional.of(ImageFormat.PNG);
    }
    if (bytes.getInt(0) == 0x47494638 && (start[4] == '7' || start[4] == '9') && start[5] == 'a') {
      return Optional.of(ImageFormat.GIF);
    }
    if (bytes.getInt(0) == WebpFile.RIFF && bytes.getInt(8) == WebpFile.WEBP) {
      return Optional.of(ImageFormat.WEBP);
    }
    return Optional.empty();
  }

  public static ImageHeader read(byte[] file) {
    ImageFormat format =
        sniff(file).orElseThrow(() -> MediaException.file("is no JPEG, PNG, WebP or GIF"));
    try {
      ImageHeader header =
          switch (format) {
            case JPEG -> JpegFile.header(ByteBuffer.wrap(file));
            case PNG -> PngFile.header(ByteBuffer.wrap(file));
            case GIF -> GifFile.header(ByteBuffer.wrap(file));
            case WEBP -> WebpFile.header(ByteBuffer.wrap(file));
          };
      if (header.width() == 0 || header.height() == 0) {
        throw MediaException.file("is a picture without a size");
      }
      return header;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw cutOff(format);
    }
  }

  static MediaException cutOff(ImageFormat format) {
    return MediaException.file("is a " + format + " that is cut off or damaged");
  }

  static MediaException goesOn(ImageFormat format) {
    return MediaException.file("has more bytes after the end of the " + format);
  }

  /** Moves on by a length that the file gave. */
  static void skip(ByteBuffer bytes, long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + (int) length);
  }

  static int unsignedShort(ByteBuffer bytes) {
    return Short.toUnsignedInt(bytes.getShort());
  }

  static int unsigned(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes.get());
  }
}
