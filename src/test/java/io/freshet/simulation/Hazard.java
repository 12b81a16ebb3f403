package io.freshet.simulation;

/**
 * Bugs that others have had, each of which can be switched on to see that the simulation catches
 * it. Numbers as in docs/guarantees.md.
 */
enum Hazard {
  /** 1: the event is published after the commit instead of being saved with it. */
  EVENT_WITHOUT_OUTBOX,
  /** 2: the relay asks for rows above the last id it saw. */
  OUTBOX_BY_LAST_ID,
  /** 4: a task is acknowledged before its effect. */
  ACKNOWLEDGE_FIRST,
  /** 6: nobody looks whether the post still lives when it is inserted. */
  INSERT_THE_DEAD,
  /** 7: whether the post lives is looked up once, and not again after each insert. */
  NO_LOOK_AFTER_INSERT,
  /** 8: a finished build forgets what arrived while it ran. */
  BUILD_FORGETS_CHANGES,
  /** 9: nobody looks whether followers have left while the fan-out ran. */
  NO_LOOK_FOR_LEAVERS,
  /** 10: a feed left short by deletions is kept. */
  SHORT_FEED_KEPT,
  /** 11: an entry below the floor is inserted. */
  INSERT_BELOW_FLOOR,
  /** 12: ids travel as doubles. */
  IDS_AS_DOUBLES,
  /** 13: an insert makes the feed that does not exist. */
  INSERT_MAKES_FEED,
  /** 15: an author ceases to be pulled before the stored feeds have caught up. */
  FLIP_WITHOUT_REPUBLISH,
  /** 18: the task of a worker that was killed does not come back. */
  KILLED_WORKER_LOSES_TASK,
  /** 20: the idempotency key is not looked at when a client tries again. */
  RETRY_POSTS_TWICE,
  /** 19: a reader loads the feed first and listens then. */
  SNAPSHOT_BEFORE_CONNECT,
  /** Readers are told of a followed author before the author's posts are in their feeds. */
  EVENT_BEFORE_CHANGE,
  /** A reader who missed more than is kept is told that nothing is missing. */
  RECOVERS_A_PART,
  /** The hub goes on after a gap in the offsets. */
  GAP_PASSED_OVER,
  /** A stream that began anew passes for the old one. */
  EPOCH_IGNORED,
  /** The key is remembered before the event is kept, so a second delivery tells nothing. */
  EVENT_LOST_ON_REDELIVERY,
  /** Nobody asks for a last message that was lost on the way. */
  LAST_MESSAGE_LOST,
  /** Readers are not told that they follow, mute or are restricted by others than before. */
  EDGE_WITHOUT_RESET,
  /** Followers are not told that an author's posts are pulled from now on. */
  FLIP_WITHOUT_RESET,
  /** The newest share of a post is shown, not the oldest. */
  LATER_SHARE_WINS,
  /** A post's oldest shares pass for all of them. */
  FIRST_SHARES_TAKEN_FOR_ALL,
  /** Nobody deletes the shares of a deleted post. */
  SHARES_OUTLIVE_ORIGINAL,
  /** What a deleted share showed is not looked up: nobody hears of the share in its place. */
  ORIGINAL_OF_THE_LIVING,
  /** A delete answers before this process has forgotten the post. */
  STALE_POST_CACHE,
  /** An unfollow answers before this process has forgotten the viewer's edges. */
  STALE_VIEWER_CACHE
}
