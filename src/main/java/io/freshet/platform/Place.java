package io.freshet.platform;

/**
 * A place in a list that is in the order of a rank, the greatest first, and of ids among equals.
 *
 * @param rank what the list is ordered by
 */
public record Place(long rank, long id) {

  /** How many numbers {@link #keys} are. */
  public static final int KEYS = 2;

  /** Above all others of a list in which greater ids come first. */
  public static final Place TOP = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Above all others of a list in which, among equals, smaller ids come first. */
  public static final Place TOP_OLDEST_FIRST = new Place(Long.MAX_VALUE, 0);

  /** The place as numbers, for a cursor. */
  public long[] keys() {
    return new long[] {rank, id};
  }

  public static Place of(long... keys) {
    return new Place(keys[0], keys[1]);
  }
}
