package io.freshet.media.image;

/** The formats of pictures that we take. */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  WEBP
}
