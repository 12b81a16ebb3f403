package io.freshet.queue;

/** Lanes are worked independently, so that work of one never waits behind work of another. */
public enum Lane {
  /** Short work of one event. */
  EVENTS,
  /** Batches of small audiences. */
  BATCHES,
  /** Batches of large audiences, which come by the hundred. */
  BIG_BATCHES
}
