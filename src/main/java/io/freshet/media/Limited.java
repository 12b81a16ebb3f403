package io.freshet.media;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream. */
final class Limited extends FilterInputStream {
  private long left;

  Limited(InputStream from, long count) {
    super(from);
    this.left = count;
  }

  @Override
  public int read() throws IOException {
    if (left <= 0) {
      return -1;
    }
    left--;
    return super.read();
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int read = super.read(into, at, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }
}
