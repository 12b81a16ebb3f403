package io.freshet.chaos;

/** Something that is so or not, and that acts change: each is judged on its own. */
sealed interface Fact {
  record Lives(long post) implements Fact {}

  record Text(long post) implements Fact {}

  record Likes(int viewer, long post) implements Fact {}

  /** By its idempotency key. */
  record Commented(String key) implements Fact {}

  record Shares(int sharer, long post) implements Fact {}

  record Follows(int viewer, int author) implements Fact {}

  record Mutes(int viewer, int author) implements Fact {}

  record Restricts(int author, int viewer) implements Fact {}
}
