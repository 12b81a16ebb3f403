package io.freshet.app.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes imported votes and comments as {@link PgDumpQuestions} does questions. */
final class PgDumpDeeds {
  private final Jdbi jdbi;

  PgDumpDeeds(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A vote to write.
   *
   * @param item our id of the question or answer
   * @param voter below 0: the dump does not say who it was
   * @param value 1 or -1
   */
  record Vote(long item, long voter, long id, int value) {}

  record Comment(long id, long post, long author, String text) {}

  /** How many were new. */
  long writeVotes(List<Vote> votes, Losses losses) {
    return jdbi.inTransaction(handle -> {
      long[] items = votes.stream().mapToLong(Vote::item).distinct().toArray();
      Set<Long> living = new HashSet<>(PgDumpCounts.lockQuestions(handle, items));
      living.addAll(PgDumpCounts.lockAnswers(handle, items));
      List<Vote> countable = votes.stream().filter(vote -> living.contains(vote.item())).toList();
      losses.add(Loss.ON_DELETED, votes.size() - countable.size());
      if (countable.isEmpty()) {
        return 0L;
      }
      List<Vote> added = insertVotes(handle, countable);
      Map<Long, Integer> sums = new TreeMap<>();
      added.forEach(vote -> sums.merge(vote.item(), vote.value(), Integer::sum));
      PgDumpCounts.score(handle, sums);
      return (long) added.size();
    });
  }

  /** How many were new. */
  long writeComments(List<Comment> comments, Losses losses) {
    return jdbi.inTransaction(handle -> {
      Set<Long> living =
          PgDumpCounts.lockPosts(handle, comments.stream().mapToLong(Comment::post).toArray());
      List<Comment> readable =
          comments.stream().filter(comment -> living.contains(comment.post())).toList();
      losses.add(Loss.ON_DELETED, comments.size() - readable.size());
      if (readable.isEmpty()) {
        return 0L;
      }
      long[] commented = insertComments(handle, readable);
      PgDumpCounts.countComments(handle, commented);
      return (long) commented.length;
    });
  }

  /** Those that are new; the counters are to hold them from the start. */
  private static List<Vote> insertVotes(Handle handle, List<Vote> votes) {
    return handle
        .createQuery(
            """
            INSERT INTO vote (item_id, voter_id, id, value, counted)
            SELECT item, voter, id, value, value FROM unnest(:items, :voters, :ids, :values) AS given (item, voter, id, value)
            ON CONFLICT DO NOTHING
            RETURNING item_id, voter_id, id, value
            """)
        .bind("items", votes.stream().mapToLong(Vote::item).toArray())
        .bind("voters", votes.stream().mapToLong(Vote::voter).toArray())
        .bind("ids", votes.stream().mapToLong(Vote::id).toArray())
        .bind("values", votes.stream().mapToInt(Vote::value).toArray())
        .map((row, _) -> new Vote(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4)))
        .list();
  }

  private static long[] insertComments(Handle handle, List<Comment> comments) {
    return handle
        .createQuery(
            """
            INSERT INTO comment (id, post_id, author_id, text, counted)
            SELECT id, post, author, text, true FROM unnest(:ids, :posts, :authors, :texts) AS given (id, post, author, text)
            ON CONFLICT DO NOTHING
            RETURNING post_id
            """)
        .bind("ids", comments.stream().mapToLong(Comment::id).toArray())
        .bind("posts", comments.stream().mapToLong(Comment::post).toArray())
        .bind("authors", comments.stream().mapToLong(Comment::author).toArray())
        .bind("texts", comments.stream().map(Comment::text).toArray(String[]::new))
        .mapTo(Long.class)
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }
}
