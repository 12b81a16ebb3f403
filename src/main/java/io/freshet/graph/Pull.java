package io.freshet.graph;

/** How an author's posts reach feeds. */
public enum Pull {
  /** Pushed: each post is inserted into the followers' stored feeds. */
  NO,
  /** Pulled: a celebrity, whose newest posts are merged in at read time. */
  YES,
  /** No celebrity any more: pushed again, and pulled too until the stored feeds have caught up. */
  LEAVING
}
