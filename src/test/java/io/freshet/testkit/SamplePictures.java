package io.freshet.testkit;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures drawn for tests: a sky, a sun on the left and a red roof at the bottom. */
public final class SamplePictures {
  public static final String GPS_NOTE = "GPS 50.0755 N 14.4378 E, camera 4711";

  /** One white pixel, lossless. */
  public static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

  private SamplePictures() {}

  public static BufferedImage drawn(int width, int height, boolean alpha) {
    BufferedImage image =
        new BufferedImage(
            width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    if (!alpha) {
      on.setPaint(new GradientPaint(0, 0, new Color(60, 120, 220), 0, height, Color.WHITE));
      on.fillRect(0, 0, width, height);
    }
    on.setColor(Color.YELLOW);
    on.fillOval(width / 16, height / 16, width / 4, width / 4);
    on.setColor(Color.RED);
    on.fillRect(0, height - height / 8, width, height / 8);
    on.dispose();
    return image;
  }

  public static byte[] jpeg(int width, int height) {
    return encoded(drawn(width, height, false), "jpg");
  }

  public static byte[] png(int width, int height) {
    return encoded(drawn(width, height, true), "png");
  }

  /** As a phone makes it: lying on its side by Exif, with a place in Exif and in a comment. */
  public static byte[] jpegWithPlace(int width, int height, int orientation) {
    byte[] plain = jpeg(width, height);
    byte[] note = GPS_NOTE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer tiff = ByteBuffer.allocate(64 + note.length);
    tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 3);
    entry(tiff, 0x010E, 2, note.length, 50);
    entry(tiff, 0x0112, 3, 1, orientation << 16);
    entry(tiff, 0x8825, 4, 1, 50);
    tiff.putInt(0).put(note);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    made.write(plain, 0, 2);
    segment(made, 0xE1, join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array()));
    segment(
        made,
        0xE1,
        ("http://ns.adobe.com/xap/1.0/\0" + GPS_NOTE).getBytes(StandardCharsets.US_ASCII));
    segment(made, 0xFE, note);
    made.write(plain, 2, plain.length - 2);
    return made.toByteArray();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static void segment(ByteArrayOutputStream to, int marker, byte[] content) {
    int length = content.length + 2;
    to.writeBytes(new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length});
    to.writeBytes(content);
  }

  /** A PNG with this chunk after its header. */
  public static byte[] pngWith(byte[] png, String type, byte[] content) {
    int at = 8 + 25;
    return join(
        join(java.util.Arrays.copyOf(png, at), chunk(type, content)),
        java.util.Arrays.copyOfRange(png, at, png.length));
  }

  /** Says that it has this size, and holds next to nothing. */
  public static byte[] hugePng(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 2).array();
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    byte[] start = join(signature, chunk("IHDR", header));
    return join(join(start, chunk("IDAT", new byte[100])), chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  /** Frames of different colours, with a comment in each. */
  public static byte[] gif(int width, int height, int frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames; i++) {
        BufferedImage frame = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D on = frame.createGraphics();
        on.setColor(i % 2 == 0 ? Color.RED : Color.BLUE);
        on.fillRect(0, 0, width, height);
        on.dispose();
        writer.writeToSequence(new IIOImage(frame, null, notes(writer, frame)), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadata notes(ImageWriter writer, BufferedImage frame) throws IOException {
    IIOMetadata notes =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
    String form = notes.getNativeMetadataFormatName();
    IIOMetadataNode root = new IIOMetadataNode(form);
    IIOMetadataNode times = new IIOMetadataNode("GraphicControlExtension");
    times.setAttribute("disposalMethod", "none");
    times.setAttribute("userInputFlag", "FALSE");
    times.setAttribute("transparentColorFlag", "FALSE");
    times.setAttribute("delayTime", "20");
    times.setAttribute("transparentColorIndex", "0");
    root.appendChild(times);
    IIOMetadataNode applications = new IIOMetadataNode("ApplicationExtensions");
    IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
    repeat.setAttribute("applicationID", "NETSCAPE");
    repeat.setAttribute("authenticationCode", "2.0");
    repeat.setUserObject(new byte[] {1, 0, 0});
    applications.appendChild(repeat);
    root.appendChild(applications);
    IIOMetadataNode comments = new IIOMetadataNode("CommentExtensions");
    IIOMetadataNode comment = new IIOMetadataNode("CommentExtension");
    comment.setAttribute("value", GPS_NOTE);
    comments.appendChild(comment);
    root.appendChild(comments);
    notes.mergeTree(form, root);
    return notes;
  }

  public static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalStateException("cannot write " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
