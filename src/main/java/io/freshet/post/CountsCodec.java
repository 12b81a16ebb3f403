package io.freshet.post;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;

/** Counts as likes, comments, shares and version. */
final class CountsCodec implements Invalidations.Codec<Counts> {
  private static final int BYTES = 3 * Integer.BYTES + Long.BYTES;

  @Override
  public byte[] write(Counts counts) {
    return ByteBuffer.allocate(BYTES)
        .putInt(counts.likes())
        .putInt(counts.comments())
        .putInt(counts.shares())
        .putLong(counts.version())
        .array();
  }

  @Override
  public Counts read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new Counts(from.getInt(), from.getInt(), from.getInt(), from.getLong());
  }
}
