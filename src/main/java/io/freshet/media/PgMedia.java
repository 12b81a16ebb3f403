package io.freshet.media;

import io.freshet.media.MediaException.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table media. What takes a handle is part of the caller's transaction. */
public final class PgMedia {
  private static final String COLUMNS =
      "id, key, type, width, height, duration_millis, thumbnail_type, thumbnails, blurhash, alt,"
          + " holder_id";

  /** Of all advisory locks, those that one account's uploads take. */
  private static final long LOCK_SEED = 7;

  private final Jdbi jdbi;

  public PgMedia(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A medium, and what it is attached to. */
  public record Held(Medium medium, OptionalLong holder) {}

  /**
   * Takes the place of a medium whose files are about to be kept.
   *
   * @param since ids of the last day
   * @throws MediaException QUOTA if the account has no room for it
   */
  void reserve(long owner, Medium medium, long bytes, Quota quota, long since) {
    jdbi.useTransaction(handle -> {
      // Two uploads at once must not both find the last room.
      handle.execute("SELECT pg_advisory_xact_lock(hashint8extended(?, ?))", owner, LOCK_SEED);
      requireRoom(handle, owner, bytes, quota, since);
      handle.execute(
          """
          INSERT INTO media (owner_id, bytes, state, kind, id, key, type, width, height, duration_millis,
                             thumbnail_type, thumbnails, blurhash, alt)
          VALUES (?, ?, 'storing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          owner,
          bytes,
          medium.kind().word(),
          medium.id(),
          medium.key(),
          medium.type().extension(),
          medium.width(),
          medium.height(),
          (int) medium.duration().toMillis(),
          medium.thumbnailType().extension(),
          medium.thumbnails().stream()
              .flatMap(size -> java.util.stream.Stream.of(size.width(), size.height()))
              .toArray(Integer[]::new),
          medium.blurhash(),
          medium.alt());
    });
  }

  /** Refuses early what {@link #reserve} would refuse in the end. */
  void requireRoom(long owner, Quota quota, long since) {
    jdbi.useHandle(handle -> requireRoom(handle, owner, 0, quota, since));
  }

  private static void requireRoom(Handle handle, long owner, long bytes, Quota quota, long since) {
    record Use(int daily, long bytes) {}
    Use use =
        handle
            .createQuery(
                """
                SELECT count(*) FILTER (WHERE id >= :since), coalesce(sum(bytes), 0)
                FROM media WHERE owner_id = :owner
                """)
            .bind("since", since)
            .bind("owner", owner)
            .map((row, context) -> new Use(row.getInt(1), row.getLong(2)))
            .one();
    if (use.daily() >= quota.daily()) {
      throw new MediaException(
          Problem.QUOTA,
          "file",
          "you have sent %,d files within a day, which is all one may: come back later"
              .formatted(use.daily()));
    }
    if (use.bytes() + bytes > quota.bytes()) {
      throw new MediaException(
          Problem.QUOTA,
          "file",
          "your files take %,d MB, and all of them may take %,d: delete some"
              .formatted((use.bytes() + bytes) >> 20, quota.bytes() >> 20));
    }
  }

  /** All files are kept now. */
  void ready(long id) {
    jdbi.useHandle(handle ->
        handle.execute("UPDATE media SET state = 'ready' WHERE id = ? AND state = 'storing'", id));
  }

  Optional<Medium> find(long owner, long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM media WHERE id = ? AND owner_id = ? AND state = 'ready'")
            .bind(0, id)
            .bind(1, owner)
            .map((row, context) -> medium(row))
            .findOne());
  }

  /** Changes the text for those who cannot see it; empty if the account has no such medium. */
  public static Optional<Held> describe(Handle handle, long owner, long id, String alt) {
    return handle
        .createQuery(
            "UPDATE media SET alt = ? WHERE id = ? AND owner_id = ? AND state = 'ready' RETURNING "
                + COLUMNS)
        .bind(0, alt)
        .bind(1, id)
        .bind(2, owner)
        .map((row, context) -> new Held(medium(row), holder(row)))
        .findOne();
  }

  /** Marks it as to be removed; false if the account has no such medium that is unattached. */
  boolean removeUnattached(long owner, long id) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            UPDATE media SET state = 'removing'
            WHERE id = ? AND owner_id = ? AND state = 'ready' AND holder_id IS NULL
            """,
            id,
            owner))
        == 1;
  }

  /**
   * Attaches media in this order. Each must be the owner's, ready, and attached to nothing: two who
   * want the same one wait for each other, and the second is refused.
   */
  public static List<Medium> attach(Handle handle, long owner, long holder, List<Long> ids) {
    Map<Long, Held> found = new HashMap<>();
    handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM media WHERE id = ANY (:ids) AND owner_id = :owner AND state = 'ready'"
                + " ORDER BY id FOR UPDATE")
        .bind("ids", ids.toArray(Long[]::new))
        .bind("owner", owner)
        .map((row, context) -> new Held(medium(row), holder(row)))
        .forEach(held -> found.put(held.medium().id(), held));
    List<Medium> attached = new ArrayList<>();
    for (long id : ids) {
      Held held = found.get(id);
      if (held == null) {
        throw new MediaException(
            Problem.INVALID, "media", "you have no medium " + id + ": send the file first");
      }
      if (held.holder().isPresent()) {
        throw new MediaException(
            Problem.INVALID, "media", "the medium " + id + " is attached already: send it again");
      }
      handle.execute(
          "UPDATE media SET holder_id = ?, place = ? WHERE id = ?", holder, attached.size(), id);
      attached.add(held.medium());
    }
    return attached;
  }

  /** What is attached to each of these, in order; those without are not there. */
  public static Map<Long, List<Medium>> attached(Handle handle, Collection<Long> holders) {
    Map<Long, List<Medium>> all = new HashMap<>();
    if (!holders.isEmpty()) {
      handle
          .createQuery(
              "SELECT "
                  + COLUMNS
                  + " FROM media WHERE holder_id = ANY (:holders) AND state = 'ready'"
                  + " ORDER BY holder_id, place")
          .bind("holders", holders.toArray(Long[]::new))
          .map((row, context) -> new Held(medium(row), holder(row)))
          .forEach(held ->
              all.computeIfAbsent(held.holder().orElseThrow(), it -> new ArrayList<>())
                  .add(held.medium()));
    }
    return all;
  }

  /** Marks what is attached to this as to be removed. */
  public static void removeAttached(Handle handle, long holder) {
    handle.execute("UPDATE media SET state = 'removing' WHERE holder_id = ?", holder);
  }

  /** Marks the oldest of those that were never attached, so many at most; how many it were. */
  int markUnattached(long before, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            UPDATE media SET state = 'removing' WHERE id IN
              (SELECT id FROM media WHERE holder_id IS NULL AND state <> 'removing' AND id < ?
               ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
            """,
            before,
            limit));
  }

  /** Marks so many of an account's media; how many it were. */
  int markOwned(long owner, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            UPDATE media SET state = 'removing' WHERE id IN
              (SELECT id FROM media WHERE owner_id = ? AND state <> 'removing' LIMIT ? FOR UPDATE)
            """,
            owner,
            limit));
  }

  /** Those whose files may be deleted. */
  List<Medium> marked(int limit) {
    return list("WHERE state = 'removing' ORDER BY id LIMIT ?", limit);
  }

  /** Those of an account, of which all are marked in the end. */
  List<Medium> markedOf(long owner, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM media WHERE owner_id = ? AND state = 'removing' ORDER BY id LIMIT ?")
            .bind(0, owner)
            .bind(1, limit)
            .map((row, context) -> medium(row))
            .list());
  }

  /** By key, after this one, in the order of file names. */
  List<Medium> after(String key, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM media WHERE key COLLATE \"C\" > ? AND state = 'ready'"
                    + " ORDER BY key COLLATE \"C\" LIMIT ?")
            .bind(0, key)
            .bind(1, limit)
            .map((row, context) -> medium(row))
            .list());
  }

  /** Those of the keys that a row still has, whatever its state. */
  List<String> known(Collection<String> keys) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT key FROM media WHERE key = ANY (:keys)")
            .bind("keys", keys.toArray(String[]::new))
            .mapTo(String.class)
            .list());
  }

  /** Forgets those whose files are deleted. */
  void forget(Collection<Medium> removed) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("DELETE FROM media WHERE id = ANY (:ids) AND state = 'removing'")
            .bind("ids", removed.stream().map(Medium::id).toArray(Long[]::new))
            .execute());
  }

  private List<Medium> list(String where, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + COLUMNS + " FROM media " + where)
            .bind(0, limit)
            .map((row, context) -> medium(row))
            .list());
  }

  private static OptionalLong holder(ResultSet row) throws SQLException {
    Long holder = row.getObject("holder_id", Long.class);
    return holder == null ? OptionalLong.empty() : OptionalLong.of(holder);
  }

  private static Medium medium(ResultSet row) throws SQLException {
    Integer[] sides = (Integer[]) row.getArray("thumbnails").getArray();
    List<Medium.Size> sizes = new ArrayList<>();
    for (int i = 0; i + 1 < sides.length; i += 2) {
      sizes.add(new Medium.Size(sides[i], sides[i + 1]));
    }
    return new Medium(
        row.getLong("id"),
        row.getString("key"),
        type(row.getString("type")),
        row.getInt("width"),
        row.getInt("height"),
        Duration.ofMillis(row.getInt("duration_millis")),
        type(row.getString("thumbnail_type")),
        List.copyOf(sizes),
        row.getString("blurhash"),
        row.getString("alt"));
  }

  private static FileType type(String extension) {
    return Arrays.stream(FileType.values())
        .filter(type -> type.extension().equals(extension))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no type " + extension));
  }
}
