package io.freshet.post;

import io.freshet.media.Medium;
import io.freshet.media.PgMedia;
import io.freshet.media.PgMedia.Held;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is said of media, which may be part of a post that others have read already. */
public final class PgAttachments {
  private final Outbox outbox;

  public PgAttachments(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Attaches these media of the author's to a post that is being written. */
  static List<Medium> attach(Handle handle, Post post, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Medium> media = PgMedia.attach(handle, post.author().value(), post.id().value(), ids);
    Attachments.requireOneKind(media);
    handle.execute("UPDATE post SET media = ? WHERE id = ?", media.size(), post.id().value());
    return media;
  }

  /** The post with what is attached to it. */
  static Post with(Handle handle, Post post) {
    long id = post.id().value();
    return post.with(PgMedia.attached(handle, List.of(id)).getOrDefault(id, List.of()));
  }

  /** Changes the alt text; the post that has the medium gets a new version, and is told of. */
  Optional<Held> describe(long owner, long medium, String alt) {
    return outbox.write((handle, events) -> {
      // The post first, as who deletes it does: neither waits for the other then.
      handle.execute(
          "SELECT 1 FROM post WHERE id = (SELECT holder_id FROM media WHERE id = ?) FOR UPDATE",
          medium);
      Optional<Held> described = PgMedia.describe(handle, owner, medium, alt);
      described.ifPresent(held ->
          held.holder()
              .ifPresent(post -> {
                handle.execute(
                    "UPDATE post SET version = version + 1 WHERE id = ? AND deleted_at IS NULL",
                    post);
                events.add(Event.of(PostEdited.TOPIC, new PostEdited(post)));
              }));
      return described;
    });
  }
}
