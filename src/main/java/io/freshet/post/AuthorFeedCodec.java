package io.freshet.post;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;

/** An author feed as the floor and the ids, 8 bytes each. */
final class AuthorFeedCodec implements Invalidations.Codec<AuthorFeed> {

  @Override
  public byte[] write(AuthorFeed feed) {
    ByteBuffer bytes = ByteBuffer.allocate((1 + feed.ids().length) * Long.BYTES);
    bytes.putLong(feed.floor()).asLongBuffer().put(feed.ids());
    return bytes.array();
  }

  @Override
  public AuthorFeed read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    long floor = from.getLong();
    long[] ids = new long[from.remaining() / Long.BYTES];
    from.asLongBuffer().get(ids);
    return new AuthorFeed(ids, floor);
  }
}
