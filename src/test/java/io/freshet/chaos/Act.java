package io.freshet.chaos;

import java.util.Optional;

/** What somebody does through the API. People are numbered from 0; posts go by their ids. */
sealed interface Act {
  /** With an idempotency key, which is its text as well. */
  record Publish(int author, String key) implements Act {}

  record Edit(int author, long post, String text) implements Act {}

  record Delete(int author, long post) implements Act {}

  /** Shares a post, which is no share itself. */
  record Share(int sharer, long post) implements Act {}

  record Unshare(int sharer, long post) implements Act {}

  record Follow(int viewer, int author) implements Act {}

  record Unfollow(int viewer, int author) implements Act {}

  record Mute(int viewer, int author) implements Act {}

  record Unmute(int viewer, int author) implements Act {}

  record Restrict(int author, int viewer) implements Act {}

  record Unrestrict(int author, int viewer) implements Act {}

  record Like(int viewer, long post) implements Act {}

  record Unlike(int viewer, long post) implements Act {}

  /** With an idempotency key, which is its text as well. */
  record Comment(int author, long post, String key) implements Act {}

  /** A page of the viewer's feed; one that goes on from another shows only posts below. */
  record ReadFeed(int viewer, int limit, Optional<String> cursor, long below) implements Act {
    static ReadFeed top(int viewer, int limit) {
      return new ReadFeed(viewer, limit, Optional.empty(), Long.MAX_VALUE);
    }
  }

  /** The newest posts of an author. */
  record ReadAuthor(int viewer, int author) implements Act {}

  record ReadPost(int viewer, long post) implements Act {}

  default boolean isRead() {
    return this instanceof ReadFeed || this instanceof ReadAuthor || this instanceof ReadPost;
  }
}
