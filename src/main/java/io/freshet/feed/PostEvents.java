package io.freshet.feed;

import io.freshet.live.ChannelName;
import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import io.freshet.post.Counts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells those who watch a post what people do with it: ids and numbers, never a text. Thread-safe.
 */
public final class PostEvents {
  private final Publisher publisher;

  public PostEvents(Publisher publisher) {
    this.publisher = publisher;
  }

  /** A post has a comment more. */
  public void commented(long post, long comment) {
    publish(post, event("comment", post).put("id", Long.toString(comment)), "" + comment);
  }

  /** A comment is gone. */
  public void uncommented(long post, long comment) {
    publish(post, event("comment-removed", post).put("id", Long.toString(comment)), "" + comment);
  }

  /** These are a post's counters now; greater versions are newer. */
  public void counted(long post, Counts counts) {
    ObjectNode event =
        event("counts", post)
            .put("likes", counts.likes())
            .put("comments", counts.comments())
            .put("shares", counts.shares())
            .put("version", counts.version());
    publish(post, event, "" + counts.version());
  }

  private static ObjectNode event(String kind, long post) {
    return Json.MAPPER.createObjectNode().put("event", kind).put("post", Long.toString(post));
  }

  /**
   * @param once the same for the same event of a kind, so that one told twice by mistake is
   *     published once
   */
  private void publish(long post, ObjectNode event, String once) {
    String key = event.path("event").asString() + "." + once;
    publisher.publishToListeners(List.of(ChannelName.post(post)), Json.bytes(event), key);
  }
}
