package io.freshet.media.image;

import io.freshet.media.Deadline;
import io.freshet.media.FileType;
import io.freshet.media.Made;
import io.freshet.media.MediaException;
import io.freshet.media.MediaKind;
import io.freshet.media.Rendition;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a picture's files from one that was sent: decoded and encoded anew, upright, in sRGB, with
 * no metadata, and thumbnails of it. Sizes are checked before anything is decoded. Takes a CPU and
 * up to {@link #BYTES_A_PIXEL}; no state.
 */
public final class Pictures {
  /** Widths of thumbnails: a list on a phone, a screen on a phone, a screen. */
  private static final List<Integer> WIDTHS = List.of(1_600, 800, 320);

  /** Enough for a placeholder's colours. */
  private static final int HASH_WIDTH = 32;

  /** An animation is decoded frame by frame; each costs time though. */
  private static final int MAX_FRAMES = 500;

  /** Times the pixels of one picture that all frames may have together. */
  private static final int FRAMES_SHARE = 4;

  /** While a picture is turned, it is there twice. */
  public static final int BYTES_A_PIXEL = 8;

  private Pictures() {}

  /** The header, unless the picture is too large to be decoded. */
  public static ImageHeader admit(byte[] file, long mostPixels) {
    ImageHeader header = ImageHeaders.read(file);
    if (header.pixels() > mostPixels) {
      throw MediaException.file(
          "has %,d x %,d pixels: at most %,d megapixels are taken"
              .formatted(header.width(), header.height(), mostPixels / 1_000_000));
    }
    if (header.frames() > MAX_FRAMES || header.framePixels() > FRAMES_SHARE * mostPixels) {
      throw MediaException.file("has too many frames: send it as a video");
    }
    return header;
  }

  /** Puts the files into this directory. */
  public static Made make(byte[] file, ImageHeader header, Deadline deadline, Path directory) {
    BufferedImage picture = picture(file, header, deadline);
    boolean alpha = picture.getColorModel().hasAlpha();
    FileType still = alpha || header.format() == ImageFormat.PNG ? FileType.PNG : FileType.JPEG;
    FileType type = header.isAnimated() ? FileType.GIF : still;
    Path whole = directory.resolve("whole");
    if (header.isAnimated()) {
      GifFrames.rewrite(file, header, deadline, whole);
    } else {
      Encoder.write(picture, type, whole);
    }
    Rendition first = new Rendition(whole, type, picture.getWidth(), picture.getHeight());
    return thumbnails(picture, first, deadline, directory);
  }

  private static BufferedImage picture(byte[] file, ImageHeader header, Deadline deadline) {
    BufferedImage decoded =
        switch (header.format()) {
          case GIF -> GifFrames.first(file, header, deadline);
          case PNG -> png(file, deadline);
          case JPEG, WEBP -> Colours.toSrgb(Decoder.first(file, header, deadline));
        };
    deadline.check();
    return Shapes.upright(decoded, header.orientation());
  }

  private static BufferedImage png(byte[] file, Deadline deadline) {
    byte[] bare = PngFile.bare(file);
    BufferedImage decoded = Decoder.first(bare, ImageHeaders.read(bare), deadline);
    BufferedImage plain = Colours.toSrgb(decoded);
    return PngFile.profile(file).map(chunk -> Colours.fromProfile(plain, chunk)).orElse(plain);
  }

  private static Made thumbnails(
      BufferedImage picture, Rendition whole, Deadline deadline, Path directory) {
    FileType type = picture.getColorModel().hasAlpha() ? FileType.PNG : FileType.JPEG;
    List<Rendition> thumbnails = new ArrayList<>();
    BufferedImage larger = picture;
    for (int width : WIDTHS) {
      if (width < picture.getWidth()) {
        deadline.check();
        larger = Shapes.scaled(larger, width);
        Path file = directory.resolve(Integer.toString(width));
        Encoder.write(larger, type, file);
        thumbnails.addFirst(new Rendition(file, type, larger.getWidth(), larger.getHeight()));
      }
    }
    BufferedImage tiny = Shapes.scaled(larger, Math.min(HASH_WIDTH, larger.getWidth()));
    return new Made(MediaKind.IMAGE, whole, thumbnails, BlurHash.of(tiny), Optional.empty());
  }
}
