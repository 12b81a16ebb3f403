package io.freshet.app.csv;

import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids that a file's own times, authors and keys determine, so that a second run finds the posts of
 * the first. They bear the node number that no server has. Times to the minute or the second are
 * spread over it, or many posts would want the same few ids; of two that do the later in the file
 * takes the next that is free.
 */
final class RowIds {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final int SLOTS = 1 << 12;
  private static final long NODE = (long) (Ids.NODES - 1) << 12;

  private final Set<Long> taken = new HashSet<>();

  long id(Instant at, String author, String key) {
    long hash = hash(author + "\n" + key);
    long millis = at.toEpochMilli();
    long within = millis % MINUTE == 0 ? MINUTE : millis % SECOND == 0 ? SECOND : 1;
    long slot = Math.floorMod(hash, within * SLOTS);
    long id = of(millis, slot);
    for (long next = slot + 1; !taken.add(id); next++) {
      id = of(millis, next % (within * SLOTS));
    }
    return id;
  }

  private static long of(long millis, long slot) {
    return Ids.firstAt(Instant.ofEpochMilli(millis + slot / SLOTS)) | NODE | slot % SLOTS;
  }

  /** FNV-1a, for String.hashCode is too narrow. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
