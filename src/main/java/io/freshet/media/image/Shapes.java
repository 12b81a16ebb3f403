package io.freshet.media.image;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns pictures upright and makes them smaller. */
final class Shapes {
  /** From here on (Exif) a picture lies on its side. */
  private static final int FIRST_SIDEWAYS = 5;

  private Shapes() {}

  static BufferedImage upright(BufferedImage image, int orientation) {
    if (orientation == Exif.UPRIGHT) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    boolean sideways = orientation >= FIRST_SIDEWAYS;
    BufferedImage turned =
        Colours.blank(
            sideways ? height : width, sideways ? width : height, image.getColorModel().hasAlpha());
    Graphics2D canvas = turned.createGraphics();
    canvas.setComposite(AlphaComposite.Src);
    canvas.drawImage(image, turn(orientation, width, height), null);
    canvas.dispose();
    return turned;
  }

  /** Where a stored pixel belongs, by how the camera was held. */
  private static AffineTransform turn(int orientation, int width, int height) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }

  /**
   * The picture at this width, by halves and then the rest: each pixel of the result has seen all
   * those that it stands for.
   */
  static BufferedImage scaled(BufferedImage image, int width) {
    BufferedImage now = image;
    while (now.getWidth() >= 2 * width && now.getHeight() > 1) {
      now = drawn(now, now.getWidth() / 2, Math.max(1, now.getHeight() / 2));
    }
    return drawn(now, width, heightAt(image, width));
  }

  private static int heightAt(BufferedImage image, int width) {
    return (int) Math.max(1, Math.round((double) image.getHeight() * width / image.getWidth()));
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage small = Colours.blank(width, height, image.getColorModel().hasAlpha());
    Graphics2D canvas = small.createGraphics();
    canvas.setComposite(AlphaComposite.Src);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(image, 0, 0, width, height, null);
    canvas.dispose();
    return small;
  }
}
