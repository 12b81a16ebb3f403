package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.media.Media;
import io.freshet.media.MediaKind;
import io.freshet.media.Medium;
import io.freshet.media.PgMedia.Held;
import io.freshet.post.PostException.Problem;
import java.util.HashSet;
import java.util.List;

/** The media of posts, and what is said of them: up to four pictures or one video. Thread-safe. */
public final class Attachments {
  /** As many pictures as a screen shows side by side. */
  public static final int MAX_IMAGES = 4;

  private final PgAttachments store;
  private final Posts posts;

  public Attachments(PgAttachments store, Posts posts) {
    this.store = store;
    this.posts = posts;
  }

  /** Changes the alt text of a medium, and with it the post that it is attached to, if any. */
  public Medium describe(AccountId owner, long medium, String alt) {
    Held described =
        store
            .describe(owner.value(), medium, Media.validAlt(alt))
            .orElseThrow(() -> Media.notFound(medium));
    described.holder().ifPresent(posts::forget);
    return described.medium();
  }

  static void requireFew(List<Long> media) {
    if (media.size() > MAX_IMAGES) {
      throw refused("a post has at most " + MAX_IMAGES + " pictures");
    }
    if (new HashSet<>(media).size() < media.size()) {
      throw refused("a post has each medium once");
    }
  }

  static void requireOneKind(List<Medium> media) {
    if (media.size() > 1 && media.stream().anyMatch(it -> it.kind() == MediaKind.VIDEO)) {
      throw refused("a post has pictures, or one video");
    }
  }

  private static PostException refused(String message) {
    return new PostException(Problem.INVALID, "media", message);
  }
}
