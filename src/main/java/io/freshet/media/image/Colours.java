package io.freshet.media.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * Brings the colours of a decoded picture to sRGB, so that it needs no profile any more. A profile
 * that is damaged counts as not there.
 */
final class Colours {
  /** Profiles of displays and cameras take some kilobytes; a chunk can claim to unpack to any. */
  private static final int MAX_PROFILE_BYTES = 1 << 20;

  private static final int RGB_COMPONENTS = 3;

  private Colours() {}

  /** The picture in a form that Java draws at full speed. */
  static BufferedImage toSrgb(BufferedImage image) {
    ColorSpace space = image.getColorModel().getColorSpace();
    boolean grey = space.getType() == ColorSpace.TYPE_GRAY;
    if (grey && image.getColorModel().hasAlpha()) {
      return greyWithAlpha(image);
    }
    if (grey || space.isCS_sRGB()) {
      return image;
    }
    return new ColorConvertOp(null).filter(image, likeThis(image));
  }

  /** A picture whose pixels are by this profile, which its decoder has not looked at. */
  static BufferedImage fromProfile(BufferedImage image, ByteBuffer chunk) {
    Optional<ICC_Profile> profile = profile(chunk);
    int type = image.getColorModel().getColorSpace().getType();
    if (profile.isEmpty()
        || profile.get().getNumComponents() != RGB_COMPONENTS
        || type != ColorSpace.TYPE_RGB) {
      return image;
    }
    BufferedImage plain = likeThis(image);
    plain.createGraphics().drawImage(image, 0, 0, null);
    boolean alpha = plain.getColorModel().hasAlpha();
    DirectColorModel model =
        new DirectColorModel(
            new ICC_ColorSpace(profile.get()),
            alpha ? 32 : 24,
            0xFF0000,
            0xFF00,
            0xFF,
            alpha ? 0xFF000000 : 0,
            false,
            plain.getRaster().getTransferType());
    BufferedImage profiled = new BufferedImage(model, plain.getRaster(), false, null);
    return new ColorConvertOp(null).filter(profiled, likeThis(image));
  }

  private static Optional<ICC_Profile> profile(ByteBuffer chunk) {
    ByteBuffer bytes = chunk.duplicate();
    while (bytes.hasRemaining() && bytes.get() != 0) {
      // the profile's name
    }
    if (bytes.remaining() < 2 || bytes.get() != 0) {
      return Optional.empty();
    }
    byte[] packed = new byte[bytes.remaining()];
    bytes.get(packed);
    try (InflaterInputStream unpacked = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] profile = unpacked.readNBytes(MAX_PROFILE_BYTES + 1);
      return profile.length > MAX_PROFILE_BYTES
          ? Optional.empty()
          : Optional.of(ICC_Profile.getInstance(profile));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Java takes such pixels for linear light when it draws them, and shows them too bright. */
  private static BufferedImage greyWithAlpha(BufferedImage image) {
    BufferedImage made = likeThis(image);
    Raster from = image.getRaster();
    int shift = from.getSampleModel().getSampleSize(0) - Byte.SIZE;
    int[] row = new int[image.getWidth() * 2];
    int[] argb = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      from.getPixels(0, y, image.getWidth(), 1, row);
      for (int x = 0; x < argb.length; x++) {
        int grey = row[2 * x] >> shift;
        argb[x] = row[2 * x + 1] >> shift << 24 | grey << 16 | grey << 8 | grey;
      }
      made.setRGB(0, y, argb.length, 1, argb, 0, argb.length);
    }
    return made;
  }

  private static BufferedImage likeThis(BufferedImage image) {
    return blank(image.getWidth(), image.getHeight(), image.getColorModel().hasAlpha());
  }

  static BufferedImage blank(int width, int height, boolean alpha) {
    return new BufferedImage(
        width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
  }
}
