package io.freshet.post;

import java.util.Collection;
import java.util.List;

/**
 * The newest of a set of ids.
 *
 * @param ids newest first
 * @param floor no id of at least this is missing: 0 when these are all
 */
public record NewestIds(long[] ids, long floor) {
  public static final NewestIds NONE = new NewestIds(new long[0], 0);

  /** Out of ids of which at most {@code limit} were asked for. */
  static NewestIds of(long[] ids, int limit) {
    return new NewestIds(ids, ids.length < limit ? 0 : ids[limit - 1]);
  }

  /** Whether it is one of these; below the floor that says nothing. */
  public boolean has(long id) {
    int low = 0;
    int high = ids.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (ids[middle] == id) {
        return true;
      }
      if (ids[middle] > id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** Those of which these say nothing. */
  List<Long> below(Collection<Long> asked) {
    return floor == 0 ? List.of() : asked.stream().filter(id -> id < floor).toList();
  }
}
