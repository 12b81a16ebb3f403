package io.freshet.media.image;

import io.freshet.media.FileType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** Writes pixels to a new file: there is nothing in it but the pixels. */
final class Encoder {
  /** Where a JPEG of a photo is smaller by half than at full quality and nobody sees it. */
  private static final float JPEG_QUALITY = 0.87f;

  private Encoder() {}

  static void write(BufferedImage image, FileType type, Path file) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(type.extension()).next();
    try (FileImageOutputStream output = new FileImageOutputStream(file.toFile())) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (type == FileType.JPEG) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }
}
