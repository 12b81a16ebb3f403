package io.freshet.fanout;

/**
 * Work on the shares of one post, some of them at a time.
 *
 * @param before ids below this are still to be worked, newest first
 */
record ShareBatch(Kind kind, long original, long before) {
  static final String TOPIC = "share-batch";

  /** What to do with the shares. */
  enum Kind {
    /** Delete them, for what they share is deleted. */
    DELETE,
    /** Tell those who listen that what they share has a new text. */
    UPDATE
  }
}
