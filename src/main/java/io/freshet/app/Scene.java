package io.freshet.app;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A landscape, drawn with a few shapes: it needs no screen and no fonts. */
enum Scene {
  HILLS("Green hills under a blue sky, the sun above them", 0x4FA3E0, 0xE8F4FC, 0xFFE066, 0x4C8C4A),
  SEA("A grey sea with the sun low over it", 0x8899AA, 0xE9D8C0, 0xFFC46B, 0x2F5D7C),
  DUSK("Dark hills before an orange sky", 0x5B2A68, 0xF28A45, 0xFFE3A3, 0x2B2038),
  NIGHT("The moon over black hills", 0x0B1030, 0x2A3B6E, 0xF4F1DE, 0x05070F),
  RAINBOW("A rainbow over a meadow", 0x7FB5D6, 0xF3F7F2, 0xFFFFFF, 0x6BA368);

  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 960;
  private static final int[] BOW = {0xE4572E, 0xF3A712, 0xF7E733, 0x6BBF59, 0x3A86C8, 0x6A4C93};
  private static final int BAND = 22;

  private final String alt;
  private final Color top;
  private final Color bottom;
  private final Color light;
  private final Color land;

  Scene(String alt, int top, int bottom, int light, int land) {
    this.alt = alt;
    this.top = new Color(top);
    this.bottom = new Color(bottom);
    this.light = new Color(light);
    this.land = new Color(land);
  }

  String alt() {
    return alt;
  }

  byte[] png() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    draw(canvas);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void draw(Graphics2D canvas) {
    canvas.setPaint(new GradientPaint(0, 0, top, 0, HEIGHT * 2 / 3, bottom));
    canvas.fillRect(0, 0, WIDTH, HEIGHT);
    if (this == RAINBOW) {
      bow(canvas);
    } else {
      canvas.setColor(light);
      canvas.fillOval(WIDTH / 5, this == SEA ? HEIGHT / 2 : HEIGHT / 6, 180, 180);
    }
    for (int ridge = 0; ridge < 3; ridge++) {
      ridge(canvas, ridge);
    }
  }

  private static void bow(Graphics2D canvas) {
    canvas.setStroke(new BasicStroke(BAND));
    for (int i = 0; i < BOW.length; i++) {
      canvas.setColor(new Color(BOW[i]));
      int inset = 160 + i * BAND;
      canvas.drawArc(inset, inset, WIDTH - 2 * inset, 2 * (HEIGHT - inset), 0, 180);
    }
  }

  /** One behind the other, each a little darker; the sea's are nearly flat. */
  private void ridge(Graphics2D canvas, int ridge) {
    double swing = this == SEA ? 6 : 60;
    Polygon shape = new Polygon();
    shape.addPoint(0, HEIGHT);
    for (int x = 0; x <= WIDTH; x += 8) {
      double wave = Math.sin(x / (170.0 - 30 * ridge) + 2 * ridge + land.getGreen() / 40.0);
      shape.addPoint(x, (int) (HEIGHT * (0.64 + 0.12 * ridge) + swing * wave));
    }
    shape.addPoint(WIDTH, HEIGHT);
    double share = 1 - 0.22 * ridge;
    canvas.setColor(
        new Color(
            (int) (land.getRed() * share),
            (int) (land.getGreen() * share),
            (int) (land.getBlue() * share)));
    canvas.fill(shape);
  }
}
