package io.freshet.question;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;

/** A summary as score, answers, and 1 where an answer is accepted. */
final class SummaryCodec implements Invalidations.Codec<Summary> {
  private static final int BYTES = 2 * Integer.BYTES + 1;

  @Override
  public byte[] write(Summary summary) {
    return ByteBuffer.allocate(BYTES)
        .putInt(summary.score())
        .putInt(summary.answers())
        .put((byte) (summary.isAccepted() ? 1 : 0))
        .array();
  }

  @Override
  public Summary read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new Summary(from.getInt(), from.getInt(), from.get() == 1);
  }
}
