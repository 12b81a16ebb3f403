package io.freshet.search;

/**
 * Where in a ranked list a page ended. The newest hits are ranked; those older than all of these
 * follow by age. What is written while somebody turns pages lies above {@code top} and changes
 * nothing.
 *
 * @param top the newest row when the first page was read: each page looks through the same rows
 * @param rank of the last hit shown, at least 0; {@link #BY_AGE} among those that follow by age
 * @param id of the last hit shown
 */
public record Bookmark(long top, float rank, long id) {
  static final float BY_AGE = -1;

  /** How many numbers {@link #keys} are. */
  public static final int KEYS = 3;

  /** The bookmark as numbers, for a cursor. */
  public long[] keys() {
    return new long[] {top, Float.floatToIntBits(rank), id};
  }

  public static Bookmark of(long... keys) {
    return new Bookmark(keys[0], Float.intBitsToFloat((int) keys[1]), keys[2]);
  }

  static Bookmark byAge(long below) {
    return new Bookmark(0, BY_AGE, below);
  }

  boolean isByAge() {
    return rank < 0;
  }

  /** Whether the hit comes after this place. */
  boolean isBefore(Match match) {
    return match.rank() < rank || (match.rank() == rank && match.id() < id);
  }
}
