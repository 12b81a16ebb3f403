package io.freshet.media.image;

import java.awt.image.BufferedImage;

/**
 * A picture's rough colours in 28 letters: the first components of a cosine transform in linear
 * light, in base 83 (the BlurHash format of Wolt, which has decoders for every client).
 */
final class BlurHash {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

  private static final int COLUMNS = 4;
  private static final int ROWS = 3;
  private static final int CHANNELS = 3;

  /** Steps into which the largest component is divided, and each other around it. */
  private static final int SCALE_STEPS = 166;

  private static final int HALF_STEPS = 9;
  private static final int STEPS = 19;

  private BlurHash() {}

  /**
   * @param image small: the cost is 12 cosines a pixel, and 32 pixels of width show the same
   */
  static String of(BufferedImage image) {
    double[][] components = new double[COLUMNS * ROWS][];
    double largest = 0;
    for (int i = 0; i < components.length; i++) {
      components[i] = component(image, i % COLUMNS, i / COLUMNS);
      for (int c = 0; i > 0 && c < CHANNELS; c++) {
        largest = Math.max(largest, Math.abs(components[i][c]));
      }
    }
    StringBuilder hash = new StringBuilder();
    append(hash, COLUMNS - 1 + (ROWS - 1) * 9, 1);
    int step = (int) Math.clamp(Math.floor(largest * SCALE_STEPS - 0.5), 0, 82);
    append(hash, step, 1);
    double scale = (step + 1.0) / SCALE_STEPS;
    double[] average = components[0];
    append(hash, gamma(average[0]) << 16 | gamma(average[1]) << 8 | gamma(average[2]), 4);
    for (int i = 1; i < components.length; i++) {
      int digits = 0;
      for (double value : components[i]) {
        digits = digits * STEPS + quantised(value / scale);
      }
      append(hash, digits, 2);
    }
    return hash.toString();
  }

  private static double[] component(BufferedImage image, int column, int row) {
    double[] sum = new double[CHANNELS];
    int width = image.getWidth();
    int height = image.getHeight();
    for (int y = 0; y < height; y++) {
      double vertical = Math.cos(Math.PI * row * y / height);
      for (int x = 0; x < width; x++) {
        double basis = vertical * Math.cos(Math.PI * column * x / width);
        int rgb = image.getRGB(x, y);
        for (int c = 0; c < CHANNELS; c++) {
          sum[c] += basis * linear(rgb >> (16 - 8 * c) & 0xFF);
        }
      }
    }
    double weight = (column == 0 && row == 0 ? 1.0 : 2.0) / ((double) width * height);
    for (int c = 0; c < CHANNELS; c++) {
      sum[c] *= weight;
    }
    return sum;
  }

  private static int quantised(double share) {
    double root = Math.copySign(Math.sqrt(Math.abs(share)), share);
    return (int) Math.clamp(Math.floor(root * HALF_STEPS + HALF_STEPS + 0.5), 0, STEPS - 1);
  }

  /** The sRGB transfer curve, there and back. */
  private static double linear(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static int gamma(double linear) {
    double share = Math.clamp(linear, 0, 1);
    double curved = share <= 0.0031308 ? share * 12.92 : 1.055 * Math.pow(share, 1 / 2.4) - 0.055;
    return (int) (curved * 255 + 0.5);
  }

  private static void append(StringBuilder hash, int value, int length) {
    int divisor = (int) Math.pow(DIGITS.length(), length - 1);
    for (int i = 0; i < length; i++, divisor /= DIGITS.length()) {
      hash.append(DIGITS.charAt(value / divisor % DIGITS.length()));
    }
  }
}
