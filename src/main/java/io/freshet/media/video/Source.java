package io.freshet.media.video;

import io.freshet.media.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of a video, in a file or in memory, read from anywhere through a window. Reading beyond
 * the end says that the file is cut off. Not thread-safe.
 */
final class Source {
  /** A look at each block's first bytes then is one system call for many of them. */
  private static final int WINDOW = 64 * 1024;

  /** Reads from a place in the file into the buffer; fewer than wanted only at its end. */
  private interface Reading {
    int read(ByteBuffer into, long at) throws IOException;
  }

  private final Reading reading;
  private final long size;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  private Source(Reading reading, long size) {
    this.reading = reading;
    this.size = size;
  }

  static Source of(byte[] bytes) {
    return new Source(
        (into, at) -> {
          int length = (int) Math.min(into.remaining(), bytes.length - at);
          into.put(bytes, (int) at, length);
          return length;
        },
        bytes.length);
  }

  static Source of(FileChannel file) {
    try {
      return new Source(file::read, file.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long size() {
    return size;
  }

  /** A view of these bytes; a short one is good until the next read only. */
  ByteBuffer read(long at, int length) {
    if (at < 0 || length < 0 || at + length > size) {
      throw MediaException.file("is a video that is cut off or damaged");
    }
    if (length > WINDOW) {
      return fill(at, length);
    }
    if (at < windowStart || at + length > windowStart + window.limit()) {
      window = fill(at, (int) Math.min(WINDOW, size - at));
      windowStart = at;
    }
    return window.slice((int) (at - windowStart), length);
  }

  private ByteBuffer fill(long at, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining()) {
        if (reading.read(bytes, at + bytes.position()) < 0) {
          throw MediaException.file("is a video that is cut off or damaged");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip();
  }
}
