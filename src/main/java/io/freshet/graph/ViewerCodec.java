package io.freshet.graph;

import io.freshet.platform.Invalidations;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A viewer as id, followees, those who restrict, and mutes (author, seconds and nanoseconds of the
 * end); each list with its length before it.
 */
final class ViewerCodec implements Invalidations.Codec<Viewer> {
  private static final int MUTE_BYTES = 2 * Long.BYTES + Integer.BYTES;

  @Override
  public byte[] write(Viewer viewer) {
    int ids = 1 + viewer.followees().length + viewer.restrictedBy().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(
            ids * Long.BYTES + 3 * Integer.BYTES + viewer.mutes().size() * MUTE_BYTES);
    bytes.putLong(viewer.id());
    put(bytes, viewer.followees());
    put(bytes, viewer.restrictedBy());
    bytes.putInt(viewer.mutes().size());
    viewer
        .mutes()
        .forEach((author, until) ->
            bytes.putLong(author).putLong(until.getEpochSecond()).putInt(until.getNano()));
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, long[] ids) {
    bytes.putInt(ids.length);
    for (long id : ids) {
      bytes.putLong(id);
    }
  }

  @Override
  public Viewer read(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    long id = from.getLong();
    long[] followees = ids(from);
    long[] restrictedBy = ids(from);
    int count = from.getInt();
    Map<Long, Instant> mutes = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      mutes.put(from.getLong(), Instant.ofEpochSecond(from.getLong(), from.getInt()));
    }
    return new Viewer(id, followees, Map.copyOf(mutes), restrictedBy);
  }

  private static long[] ids(ByteBuffer from) {
    long[] ids = new long[from.getInt()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = from.getLong();
    }
    return ids;
  }
}
