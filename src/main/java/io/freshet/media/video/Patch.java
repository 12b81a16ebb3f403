package io.freshet.media.video;

/**
 * A place where something is written over what was sent, which keeps every other byte where it is:
 * these bytes, and after them so many zeros.
 */
record Patch(long at, byte[] bytes, long zeros) {

  static Patch zeros(long at, long length) {
    return new Patch(at, new byte[0], length);
  }
}
