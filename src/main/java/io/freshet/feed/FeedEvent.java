package io.freshet.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.freshet.platform.Json;
import io.freshet.post.Post;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told live of a feed: that something changed, never what it says. Readers fetch what they
 * show, so nobody is told more than they may read. Events may come twice and, for one post, the
 * greater version counts.
 *
 * @param event what happened
 * @param post the id of the post; none where the whole feed changed
 * @param author its author's id, in {@link Kind#INSERTED}
 * @param version of the post's text, from 1
 */
public record FeedEvent(
    Kind event,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> post,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> author,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> version) {

  /** What happened. */
  public enum Kind {
    /** A post is in the feed. */
    INSERTED,
    /** The text of a post changed. */
    UPDATED,
    /** A post is gone. */
    REMOVED,
    /** More changed than can be told: load the feed anew. */
    RESET;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static FeedEvent inserted(Post post) {
    return new FeedEvent(
        Kind.INSERTED,
        Optional.of(post.id().toString()),
        Optional.of(post.author().toString()),
        Optional.of(post.version()));
  }

  static FeedEvent updated(Post post) {
    return new FeedEvent(
        Kind.UPDATED,
        Optional.of(post.id().toString()),
        Optional.empty(),
        Optional.of(post.version()));
  }

  static FeedEvent removed(long post) {
    return new FeedEvent(
        Kind.REMOVED, Optional.of(Long.toString(post)), Optional.empty(), Optional.empty());
  }

  static FeedEvent reset() {
    return new FeedEvent(Kind.RESET, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same for the same event, so that one told twice by mistake is published once. */
  String key() {
    return event == Kind.RESET ? "" : event.text() + post.orElse("") + "." + version.orElse(0);
  }

  byte[] json() {
    return Json.bytes(this);
  }
}
