package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.media.Medium;
import io.freshet.media.PgMedia;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Database;
import io.freshet.platform.Replica;
import io.freshet.post.PostException.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The tables post, post_tag and post_idempotency. */
public final class PgPostStore implements PostStore {
  private static final String COLUMNS =
      "id, author_id, text, version, edited_at, original_id, mentioned, tags, media, is_question";

  private final Jdbi jdbi;
  private final Outbox outbox;
  private final Replica replica;
  private final PgShareStore shares;

  public PgPostStore(Jdbi jdbi, Outbox outbox) {
    this(jdbi, outbox, Replica.none(jdbi));
  }

  public PgPostStore(Jdbi jdbi, Outbox outbox, Replica replica) {
    this.replica = replica;
    this.jdbi = jdbi;
    this.outbox = outbox;
    this.shares = new PgShareStore(jdbi, outbox);
  }

  @Override
  public Published insert(Creation creation) {
    Post post = creation.post();
    return outbox.write((handle, events) -> {
      insert(handle, post);
      if (creation.idempotencyKey().isPresent()
          && !PgKeys.keep(handle, post, creation.idempotencyKey().get(), hash(creation))) {
        handle.execute("DELETE FROM post WHERE id = ?", post.id().value());
        return replay(handle, creation, creation.idempotencyKey().get());
      }
      PgTags.add(handle, post.id().value(), post.entities().tags());
      // After the key: who repeats a creation finds its media attached already.
      List<Medium> media = PgAttachments.attach(handle, post, creation.media());
      events.add(
          Event.of(
              PostPublished.TOPIC, new PostPublished(post.id().value(), post.author().value())));
      if (post.isShare() || !post.entities().mentioned().isEmpty()) {
        events.add(Event.of(PeopleConcerned.TOPIC, new PeopleConcerned(post.id().value())));
      }
      return new Published(post.with(media), false);
    });
  }

  private static void insert(Handle handle, Post post) {
    handle
        .createUpdate(
            """
            INSERT INTO post (id, author_id, text, mentioned, tags)
            VALUES (:id, :author, :text, :mentioned, :tags)
            """)
        .bind("id", post.id().value())
        .bind("author", post.author().value())
        .bind("text", post.text())
        .bind("mentioned", post.entities().mentioned().toArray(Long[]::new))
        .bind("tags", post.entities().tags().toArray(String[]::new))
        .execute();
  }

  private static Published replay(Handle handle, Creation creation, String key) {
    Post post = creation.post();
    long earlier = PgKeys.earlier(handle, post.author().value(), key, hash(creation));
    Post first =
        handle
            .createQuery("SELECT " + COLUMNS + " FROM post WHERE id = ? AND deleted_at IS NULL")
            .bind(0, earlier)
            .map((row, context) -> post(row))
            .findOne()
            .map(found -> PgAttachments.with(handle, found))
            .orElseThrow(() ->
                new PostException(
                    Problem.KEY_REUSED,
                    "Idempotency-Key",
                    "the post made with this key has been deleted: take a new one"));
    return new Published(first, true);
  }

  @Override
  public Optional<Post> edit(long author, long post, String text, Entities entities, Instant at) {
    return outbox.write((handle, events) -> {
      Optional<List<String>> tags = lock(handle, author, post);
      if (tags.isEmpty()) {
        return Optional.empty();
      }
      Optional<Post> edited =
          handle
              .createQuery(
                  """
                  UPDATE post SET text = :text, mentioned = :mentioned, tags = :tags,
                                  edited_at = :at, version = version + 1
                  WHERE id = :post AND original_id IS NULL RETURNING %s
                  """
                      .formatted(COLUMNS))
              .bind("text", text)
              .bind("mentioned", entities.mentioned().toArray(Long[]::new))
              .bind("tags", entities.tags().toArray(String[]::new))
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("post", post)
              .map((row, context) -> post(row))
              .findOne()
              .map(changed -> PgAttachments.with(handle, changed));
      if (edited.isPresent()) {
        PgTags.remove(handle, post, tags.get());
        PgTags.add(handle, post, entities.tags());
        events.add(Event.of(PostEdited.TOPIC, new PostEdited(post)));
      }
      return edited;
    });
  }

  /** Holds a living post of this author until the end of the transaction; its hashtags. */
  private static Optional<List<String>> lock(Handle handle, long author, long post) {
    return handle
        .createQuery(
            """
            SELECT tags FROM post
            WHERE id = ? AND author_id = ? AND deleted_at IS NULL AND NOT is_question FOR UPDATE
            """)
        .bind(0, post)
        .bind(1, author)
        .map((row, context) -> List.of((String[]) row.getArray(1).getArray()))
        .findOne();
  }

  @Override
  public boolean delete(long author, long post, Instant at) {
    return outbox.write((handle, events) -> {
      Optional<List<String>> tags = lock(handle, author, post);
      if (tags.isEmpty()) {
        return false;
      }
      PgTags.remove(handle, post, tags.get());
      PgMedia.removeAttached(handle, post);
      handle.execute(
          "UPDATE post SET deleted_at = ?, text = '', mentioned = '{}', tags = '{}' WHERE id = ?",
          at.atOffset(ZoneOffset.UTC),
          post);
      events.add(Event.of(PostDeleted.TOPIC, new PostDeleted(post, author)));
      Optional.ofNullable(shares.originals(handle, List.of(post)).get(post))
          .ifPresent(
              original -> events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(original))));
      return true;
    });
  }

  @Override
  public ShareStore shares() {
    return shares;
  }

  @Override
  public Map<Long, Post> find(Collection<Long> ids) {
    Map<Long, Post> found = HashMap.newHashMap(ids.size());
    Set<Long> holders = new HashSet<>();
    jdbi.useHandle(handle -> {
      handle
          .createQuery(
              "SELECT " + COLUMNS + " FROM post WHERE id = ANY (:ids) AND deleted_at IS NULL")
          .bind("ids", ids.toArray(Long[]::new))
          .map((row, context) -> {
            if (row.getInt("media") > 0) {
              holders.add(row.getLong("id"));
            }
            return found.put(row.getLong("id"), post(row));
          })
          .list();
      PgMedia.attached(handle, holders)
          .forEach((id, media) -> found.computeIfPresent(id, (same, post) -> post.with(media)));
    });
    return found;
  }

  @Override
  public Map<Long, AuthorFeed> newest(Collection<Long> authors, int limit) {
    Map<Long, AuthorFeed> feeds = HashMap.newHashMap(authors.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT a.id, array(SELECT id FROM post WHERE author_id = a.id AND deleted_at IS NULL
                                   ORDER BY id DESC LIMIT :limit)
                FROM unnest(:authors) AS a (id)
                """)
            .bind("limit", limit)
            .bind("authors", authors.toArray(Long[]::new))
            .map((row, context) -> {
              long[] ids = Database.longs(row.getArray(2));
              return feeds.put(
                  row.getLong(1), new AuthorFeed(ids, ids.length < limit ? 0 : ids[limit - 1]));
            })
            .list());
    return feeds;
  }

  @Override
  public long[] below(long[] authors, long before, int limit) {
    return jdbi.withHandle(handle -> below(handle, authors, before, limit));
  }

  @Override
  public long[] older(long[] authors, long before, int limit) {
    return replica.query(handle -> below(handle, authors, before, limit));
  }

  private static long[] below(Handle handle, long[] authors, long before, int limit) {
    return handle
        .createQuery(
            """
            SELECT array(
              SELECT p.id FROM unnest(:authors) AS a (id)
              CROSS JOIN LATERAL (SELECT id FROM post WHERE author_id = a.id AND id < :before AND deleted_at IS NULL
                                  ORDER BY id DESC LIMIT :limit) AS p
              ORDER BY p.id DESC LIMIT :limit)
            """)
        .bind("authors", authors)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> Database.longs(row.getArray(1)))
        .one();
  }

  @Override
  public long[] tagged(String tag, long before, int limit) {
    return jdbi.withHandle(handle -> PgTags.below(handle, tag, before, limit));
  }

  @Override
  public long[] living(long[] ids) {
    return ids(
        "SELECT array(SELECT id FROM post WHERE id = ANY (?) AND deleted_at IS NULL ORDER BY id)",
        ids);
  }

  @Override
  public long[] deleted(long author) {
    return ids(
        "SELECT array(SELECT id FROM post WHERE author_id = ? AND deleted_at IS NOT NULL)", author);
  }

  @Override
  public long[] ever(long author) {
    return ids("SELECT array(SELECT id FROM post WHERE author_id = ? ORDER BY id DESC)", author);
  }

  private long[] ids(String sql, Object argument) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind(0, argument)
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }

  private static Post post(ResultSet row) throws SQLException {
    OffsetDateTime editedAt = row.getObject("edited_at", OffsetDateTime.class);
    return new Post(
        new PostId(row.getLong("id")),
        new AccountId(row.getLong("author_id")),
        row.getString("text"),
        row.getInt("version"),
        Optional.ofNullable(editedAt).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("original_id", Long.class)).map(PostId::new),
        entities(row),
        List.of(),
        row.getBoolean("is_question"));
  }

  private static Entities entities(ResultSet row) throws SQLException {
    Long[] mentioned = (Long[]) row.getArray("mentioned").getArray();
    String[] tags = (String[]) row.getArray("tags").getArray();
    return mentioned.length == 0 && tags.length == 0
        ? Entities.NONE
        : new Entities(List.of(mentioned), List.of(tags));
  }

  /** As without media, if it has none. */
  private static byte[] hash(Creation creation) {
    String text = creation.post().text();
    return RequestHash.of(creation.media().isEmpty() ? text : text + "\0" + creation.media());
  }
}
