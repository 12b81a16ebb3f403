package io.freshet.simulation;

/**
 * What a client or an operator does, or what befalls the system. People are numbered from 1; posts
 * by their place in the list of all posts.
 */
sealed interface Operation {
  record Publish(long author) implements Operation {}

  /** Posts with a key, is cut off, and tries again with the same key. */
  record PublishTwice(long author, int key) implements Operation {}

  record Edit(int post) implements Operation {}

  record Delete(int post) implements Operation {}

  /** Shares a post, if it can be seen, or what it shares. */
  record Share(long sharer, int post) implements Operation {}

  /** Takes back a share, numbered by its place in the list of living ones. */
  record Unshare(int share) implements Operation {}

  record Follow(long follower, long followee) implements Operation {}

  record Unfollow(long follower, long followee) implements Operation {}

  record Mute(long viewer, long author, int seconds) implements Operation {}

  record Unmute(long viewer, long author) implements Operation {}

  record Restrict(long author, long viewer) implements Operation {}

  record Unrestrict(long author, long viewer) implements Operation {}

  record Read(long viewer, int limit) implements Operation {}

  record Rebuild() implements Operation {}

  record Evict(long viewer) implements Operation {}

  record Flush() implements Operation {}

  record MoveThreshold(int followers) implements Operation {}

  /** Opens the screen that follows the feed live, and comes back whenever it is cut off. */
  record Connect(long viewer) implements Operation {}

  record Cut(long viewer) implements Operation {}

  /** The process asks where its streams stand. */
  record Look() implements Operation {}

  record LoseStreams() implements Operation {}

  record KillWorker() implements Operation {}

  record KillClient() implements Operation {}

  record Restart() implements Operation {}

  record Wait(int seconds) implements Operation {}
}
