package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rows of the table post that have an original. */
final class PgShareStore implements ShareStore {
  private final Jdbi jdbi;
  private final Outbox outbox;

  PgShareStore(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** The lock on the original has a deletion wait, whose handler then sees this share. */
  @Override
  public Optional<Published> share(Post share) {
    long original = share.original().orElseThrow().value();
    return outbox.write((handle, events) -> {
      boolean lives =
          handle
              .createQuery(
                  "SELECT id FROM post WHERE id = ? AND original_id IS NULL AND deleted_at IS NULL FOR SHARE")
              .bind(0, original)
              .mapTo(Long.class)
              .findOne()
              .isPresent();
      if (!lives) {
        return Optional.empty();
      }
      Optional<Post> there = insert(handle, share, original);
      if (there.isPresent()) {
        return Optional.of(new Published(there.get(), true));
      }
      events.add(
          Event.of(
              PostPublished.TOPIC, new PostPublished(share.id().value(), share.author().value())));
      events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(original)));
      events.add(Event.of(PeopleConcerned.TOPIC, new PeopleConcerned(share.id().value())));
      return Optional.of(new Published(share, false));
    });
  }

  /** The share that is there already, if any; it may be taken back while it is looked for. */
  private static Optional<Post> insert(Handle handle, Post share, long original) {
    Optional<Post> there = Optional.empty();
    while (there.isEmpty()) {
      int inserted =
          handle.execute(
              """
              INSERT INTO post (id, author_id, text, original_id) VALUES (?, ?, '', ?)
              ON CONFLICT (author_id, original_id) WHERE original_id IS NOT NULL AND deleted_at IS NULL DO NOTHING
              """,
              share.id().value(),
              share.author().value(),
              original);
      if (inserted == 1) {
        return Optional.empty();
      }
      there =
          handle
              .createQuery(
                  "SELECT id FROM post WHERE author_id = ? AND original_id = ? AND deleted_at IS NULL")
              .bind(0, share.author().value())
              .bind(1, original)
              .mapTo(Long.class)
              .findOne()
              .map(id -> Post.share(new PostId(id), share.author(), new PostId(original)));
    }
    return there;
  }

  @Override
  public Map<Long, Long> originals(Collection<Long> posts) {
    return jdbi.withHandle(handle -> originals(handle, posts));
  }

  Map<Long, Long> originals(Handle handle, Collection<Long> posts) {
    Map<Long, Long> originals = HashMap.newHashMap(posts.size());
    handle
        .createQuery(
            "SELECT id, original_id FROM post WHERE id = ANY (?) AND original_id IS NOT NULL")
        .bind(0, posts.toArray(Long[]::new))
        .map((row, context) -> originals.put(row.getLong(1), row.getLong(2)))
        .list();
    return originals;
  }

  @Override
  public Map<Long, FirstShares> first(Collection<Long> originals, int limit) {
    Map<Long, FirstShares> shares = HashMap.newHashMap(originals.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT o.id,
                       array(SELECT id FROM post WHERE original_id = o.id AND deleted_at IS NULL ORDER BY id LIMIT :limit),
                       array(SELECT author_id FROM post WHERE original_id = o.id AND deleted_at IS NULL ORDER BY id LIMIT :limit)
                FROM unnest(:originals) AS o (id)
                """)
            .bind("limit", limit)
            .bind("originals", originals.toArray(Long[]::new))
            .map((row, context) -> {
              long[] ids = Database.longs(row.getArray(2));
              return shares.put(
                  row.getLong(1),
                  new FirstShares(ids, Database.longs(row.getArray(3)), ids.length < limit));
            })
            .list());
    return shares;
  }

  @Override
  public OptionalLong firstBy(long[] authors, long original, long after) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM post
                WHERE original_id = ? AND id > ? AND deleted_at IS NULL AND author_id = ANY (?)
                ORDER BY id LIMIT 1
                """)
            .bind(0, original)
            .bind(1, after)
            .bind(2, authors)
            .mapTo(Long.class)
            .findOne()
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  @Override
  public List<Post> below(long original, long before, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id, author_id FROM post WHERE original_id = ? AND id < ? AND deleted_at IS NULL
                ORDER BY id DESC LIMIT ?
                """)
            .bind(0, original)
            .bind(1, before)
            .bind(2, limit)
            .map((row, context) ->
                Post.share(
                    new PostId(row.getLong(1)),
                    new AccountId(row.getLong(2)),
                    new PostId(original)))
            .list());
  }

  @Override
  public int deleteOfDeleted(long original, int limit, Instant at) {
    return outbox.write((handle, events) -> {
      List<PostDeleted> deleted =
          handle
              .createQuery(
                  """
                  UPDATE post SET deleted_at = :at
                  WHERE deleted_at IS NULL AND id IN (
                    SELECT id FROM post
                    WHERE original_id = :original AND deleted_at IS NULL
                      AND EXISTS (SELECT FROM post WHERE id = :original AND deleted_at IS NOT NULL)
                    ORDER BY id LIMIT :limit FOR UPDATE)
                  RETURNING id, author_id
                  """)
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("original", original)
              .bind("limit", limit)
              .map((row, context) -> new PostDeleted(row.getLong(1), row.getLong(2)))
              .list();
      deleted.forEach(share -> events.add(Event.of(PostDeleted.TOPIC, share)));
      if (!deleted.isEmpty()) {
        events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(original)));
      }
      return deleted.size();
    });
  }
}
