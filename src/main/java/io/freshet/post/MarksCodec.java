package io.freshet.post;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;

/** Marks as, for likes and for shares, the floor, the number of ids and the ids. */
final class MarksCodec implements Invalidations.Codec<Marks> {
  private static final int FIXED_BYTES = Long.BYTES + Integer.BYTES;

  @Override
  public byte[] write(Marks marks) {
    int ids = marks.liked().ids().length + marks.shared().ids().length;
    ByteBuffer bytes = ByteBuffer.allocate(2 * FIXED_BYTES + ids * Long.BYTES);
    write(marks.liked(), bytes);
    write(marks.shared(), bytes);
    return bytes.array();
  }

  private static void write(NewestIds ids, ByteBuffer to) {
    to.putLong(ids.floor()).putInt(ids.ids().length);
    for (long id : ids.ids()) {
      to.putLong(id);
    }
  }

  @Override
  public Marks read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new Marks(ids(from), ids(from));
  }

  private static NewestIds ids(ByteBuffer from) {
    long floor = from.getLong();
    long[] ids = new long[from.getInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = from.getLong();
    }
    return new NewestIds(ids, floor);
  }
}
