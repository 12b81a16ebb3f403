package io.freshet.post;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;

/** First shares as a byte that says whether they are all, the ids, and the authors. */
final class FirstSharesCodec implements Invalidations.Codec<FirstShares> {

  @Override
  public byte[] write(FirstShares shares) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + shares.bytes());
    bytes.put((byte) (shares.isAll() ? 1 : 0));
    bytes.asLongBuffer().put(shares.ids()).put(shares.authors());
    return bytes.array();
  }

  @Override
  public FirstShares read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    boolean isAll = from.get() == 1;
    int count = from.remaining() / Long.BYTES / 2;
    long[] ids = new long[count];
    long[] authors = new long[count];
    from.asLongBuffer().get(ids).get(authors);
    return new FirstShares(ids, authors, isAll);
  }
}
