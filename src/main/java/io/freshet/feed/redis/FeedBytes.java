package io.freshet.feed.redis;

import io.freshet.feed.FeedWindow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How feeds and changes look in Redis: ids of 8 bytes, big-endian; the floor of a feed comes last,
 * with the top bit set, which no id has.
 */
final class FeedBytes {
  private static final long MARK = Long.MIN_VALUE;
  private static final byte ADD = 'A';
  private static final byte TAKE = 'T';

  private FeedBytes() {}

  static byte[] id(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  static byte[] number(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] feed(FeedWindow feed) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (feed.ids().length + 1));
    bytes.asLongBuffer().put(feed.ids()).put(feed.floor() | MARK);
    return bytes.array();
  }

  /** The ids before the first floor, and that; nothing if there are no bytes at all. */
  static Optional<FeedWindow> feed(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    long[] ids = ids(bytes, 0);
    int end = 0;
    while (ids[end] >= 0) {
      end++;
    }
    return Optional.of(new FeedWindow(Arrays.copyOf(ids, end), ids[end] ^ MARK));
  }

  static byte[] change(FeedChange change) {
    return switch (change) {
      case FeedChange.Add(FeedWindow source) -> {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES * (source.ids().length + 1));
        bytes.put(ADD).putLong(source.floor());
        bytes.slice().asLongBuffer().put(source.ids());
        yield bytes.array();
      }
      case FeedChange.Take(long[] posts) -> {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES * posts.length).put(TAKE);
        bytes.slice().asLongBuffer().put(posts);
        yield bytes.array();
      }
    };
  }

  static FeedChange change(byte[] bytes) {
    return bytes[0] == ADD
        ? new FeedChange.Add(
            new FeedWindow(ids(bytes, 1 + Long.BYTES), ByteBuffer.wrap(bytes).getLong(1)))
        : new FeedChange.Take(ids(bytes, 1));
  }

  private static long[] ids(byte[] bytes, int from) {
    long[] ids = new long[(bytes.length - from) / Long.BYTES];
    ByteBuffer.wrap(bytes, from, bytes.length - from).slice().asLongBuffer().get(ids);
    return ids;
  }
}
