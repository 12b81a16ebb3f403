package io.freshet.queue;

/** Lanes are worked independently, so that work of one never waits behind work of another. */
public enum Lane {
  /** Short work of one event. */
  EVENTS,
  /** Batches of small audiences. */
  BATCHES,
  /** Batches of large audiences, which come by the hundred. */
  BIG_BATCHES,
  /** What people are told of, which comes by the thousand when a post is liked by many. */
  NOTICES
}
