package io.freshet.post;

import io.freshet.platform.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The tables post_like and post, asked by account. */
public final class PgMarkStore implements MarkStore {
  private final Jdbi jdbi;

  public PgMarkStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Map<Long, Marks> newest(Collection<Long> accounts, int limit) {
    Map<Long, Marks> found = HashMap.newHashMap(accounts.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT a.id,
                       array(SELECT post_id FROM post_like WHERE account_id = a.id AND NOT removed
                             ORDER BY post_id DESC LIMIT :limit),
                       array(SELECT original_id FROM post
                             WHERE author_id = a.id AND original_id IS NOT NULL AND deleted_at IS NULL
                             ORDER BY original_id DESC LIMIT :limit)
                FROM unnest(:accounts) AS a (id)
                """)
            .bind("limit", limit)
            .bind("accounts", accounts.toArray(Long[]::new))
            .map((row, context) -> {
              NewestIds liked = NewestIds.of(Database.longs(row.getArray(2)), limit);
              NewestIds shared = NewestIds.of(Database.longs(row.getArray(3)), limit);
              return found.put(row.getLong(1), new Marks(liked, shared));
            })
            .list());
    return found;
  }

  @Override
  public Set<Long> liked(long account, Collection<Long> posts) {
    return among(
        "SELECT post_id FROM post_like WHERE account_id = :account AND post_id = ANY (:posts) AND NOT removed",
        account,
        posts);
  }

  @Override
  public Set<Long> shared(long account, Collection<Long> posts) {
    return among(
        "SELECT original_id FROM post WHERE author_id = :account AND original_id = ANY (:posts) AND deleted_at IS NULL",
        account,
        posts);
  }

  private Set<Long> among(String sql, long account, Collection<Long> posts) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind("account", account)
            .bind("posts", posts.toArray(Long[]::new))
            .mapTo(Long.class)
            .set());
  }
}
