package io.freshet.live;

/**
 * A place in a channel's stream.
 *
 * @param offset of the newest publication, 0 before the first; it rises by one with each
 * @param epoch names one life of the stream: offsets of different epochs have nothing to do with
 *     each other. Empty where there is no stream.
 */
public record Position(long offset, String epoch) {
  /** Of a channel without history. */
  public static final Position NONE = new Position(0, "");
}
