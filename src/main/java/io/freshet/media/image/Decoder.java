package io.freshet.media.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.freshet.media.Deadline;
import io.freshet.media.MediaException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a picture whose header has been checked. A decoder's fault, of whatever kind, means that
 * the file is damaged; one that takes too long is stopped.
 */
final class Decoder {
  private Decoder() {}

  /** What can be made of an open reader. */
  interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  static BufferedImage first(byte[] file, ImageHeader header, Deadline deadline) {
    return read(file, header, deadline, reader -> reader.read(0));
  }

  static <T> T read(byte[] file, ImageHeader header, Deadline deadline, Reading<T> reading) {
    ImageReader reader = reader(header.format());
    try (MemoryCacheImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file, 0, header.end()))) {
      reader.setInput(input, false, false);
      reader.addIIOReadProgressListener(new Stopper(deadline));
      T made = reading.from(reader);
      deadline.check();
      return made;
    } catch (MediaException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      deadline.check();
      throw ImageHeaders.cutOff(header.format());
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(ImageFormat format) {
    if (format == ImageFormat.WEBP) {
      return new WebPImageReaderSpi().createReaderInstance(null);
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException("every Java reads " + format);
    }
    return readers.next();
  }

  /** Readers tell how far they are, and can be stopped then. */
  private record Stopper(Deadline deadline) implements IIOReadProgressListener {
    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      if (deadline.hasPassed()) {
        source.abort();
      }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
  }
}
