package io.freshet.platform;

/**
 * A place in a list that is in the order of a rank, the greatest first, and of ids among equals.
 *
 * @param rank what the list is ordered by
 */
public record Place(long rank, long id) {

  /** Above all others of a list in which greater ids come first. */
  public static final Place TOP = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Above all others of a list in which, among equals, smaller ids come first. */
  public static final Place TOP_OLDEST_FIRST = new Place(Long.MAX_VALUE, 0);
}
