package io.freshet.media.image;

import io.freshet.media.MediaException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG file (PNG specification, third edition, chapter 5). */
final class PngFile {
  static final long SIGNATURE = 0x89504E470D0A1A0AL;

  private static final int HEADER = 0x49484452; // IHDR
  private static final int PALETTE = 0x504C5445; // PLTE
  private static final int TRANSPARENCY = 0x74524E53; // tRNS
  private static final int DATA = 0x49444154; // IDAT
  private static final int END = 0x49454E44; // IEND
  private static final int EXIF = 0x65584966; // eXIf
  private static final int PROFILE = 0x69434350; // iCCP
  private static final int HEADER_BYTES = 13;

  /** What the pixels need. Texts, times and whatever else is there are not even looked at. */
  private static final Set<Integer> NEEDED = Set.of(HEADER, PALETTE, TRANSPARENCY, DATA, END);

  /** One chunk; {@code whole} has its length, type and checksum too. */
  private record Chunk(int type, ByteBuffer content, ByteBuffer whole) {}

  private PngFile() {}

  static ImageHeader header(ByteBuffer bytes) {
    bytes.position(Long.BYTES);
    Chunk first = next(bytes);
    if (first.type() != HEADER || first.content().remaining() != HEADER_BYTES) {
      throw ImageHeaders.cutOff(ImageFormat.PNG);
    }
    int width = first.content().getInt();
    int height = first.content().getInt();
    if (width <= 0 || height <= 0) {
      throw MediaException.file("is a picture without a size");
    }
    int orientation = Exif.UPRIGHT;
    boolean hasData = false;
    Chunk chunk = first;
    while (chunk.type() != END) {
      chunk = next(bytes);
      hasData |= chunk.type() == DATA;
      if (chunk.type() == EXIF) {
        orientation = Exif.orientation(chunk.content()).orElse(Exif.UPRIGHT);
      }
    }
    if (!hasData) {
      throw ImageHeaders.cutOff(ImageFormat.PNG);
    }
    if (bytes.hasRemaining()) {
      throw ImageHeaders.goesOn(ImageFormat.PNG);
    }
    return ImageHeader.still(ImageFormat.PNG, width, height, orientation, bytes.position());
  }

  /** A checked file with nothing but the chunks that the pixels need. */
  static byte[] bare(byte[] file) {
    ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length);
    bare.write(file, 0, Long.BYTES);
    ByteBuffer bytes = ByteBuffer.wrap(file).position(Long.BYTES);
    while (bytes.hasRemaining()) {
      Chunk chunk = next(bytes);
      if (NEEDED.contains(chunk.type())) {
        bare.write(
            file,
            chunk.whole().arrayOffset() + chunk.whole().position(),
            chunk.whole().remaining());
      }
    }
    return bare.toByteArray();
  }

  /** The colour profile of a checked file, as its chunk holds it. */
  static Optional<ByteBuffer> profile(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).position(Long.BYTES);
    while (bytes.hasRemaining()) {
      Chunk chunk = next(bytes);
      if (chunk.type() == PROFILE) {
        return Optional.of(chunk.content());
      }
    }
    return Optional.empty();
  }

  private static Chunk next(ByteBuffer bytes) {
    int start = bytes.position();
    int length = bytes.getInt();
    int type = bytes.getInt();
    int content = bytes.position();
    ImageHeaders.skip(bytes, length);
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(content - Integer.BYTES, length + Integer.BYTES));
    if ((int) crc.getValue() != bytes.getInt()) {
      throw ImageHeaders.cutOff(ImageFormat.PNG);
    }
    return new Chunk(
        type, bytes.slice(content, length), bytes.slice(start, bytes.position() - start));
  }
}
