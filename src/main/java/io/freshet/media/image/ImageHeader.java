package io.freshet.media.image;

/**
 * What the structure of a picture's file says, before a pixel is decoded.
 *
 * @param frames pictures in the file: more than one in an animation
 * @param framePixels of all frames together
 * @param orientation by Exif, 1 to 8: how the picture must be turned to stand upright
 * @param end where the picture ends in its file
 */
public record ImageHeader(
    ImageFormat format,
    int width,
    int height,
    int frames,
    long framePixels,
    int orientation,
    int end) {

  static ImageHeader still(ImageFormat format, int width, int height, int orientation, int end) {
    return new ImageHeader(format, width, height, 1, (long) width * height, orientation, end);
  }

  public long pixels() {
    return (long) width * height;
  }

  boolean isAnimated() {
    return frames > 1;
  }
}
