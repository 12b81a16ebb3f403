package io.freshet.question;

import io.freshet.platform.Place;
import io.freshet.platform.Replica;
import io.freshet.question.QuestionList.Order;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The lists of questions. Each walks one index from where it begins and reads no more rows than it
 * shows, or, by page, than lie before them.
 */
final class PgQuestionLists {
  private final Replica replica;

  PgQuestionLists(Replica replica) {
    this.replica = replica;
  }

  /**
   * The index that a list walks.
   *
   * @param rows the table {@code l} and which of its rows are in the list
   * @param id its column with the question's id
   * @param below what holds of those further on
   */
  private record Walk(String rows, String id, String below, String order) {

    static Walk of(QuestionList list) {
      if (list.tag().isPresent()) {
        return newest("question_tag l WHERE l.tag = :tag", "l.question_id");
      }
      return switch (list.order()) {
        case NEW -> newest("question l WHERE l.deleted_at IS NULL", "l.id");
        case UNANSWERED -> newest("question_count l WHERE l.answers = 0", "l.question_id");
        case HOT ->
            new Walk(
                "question_count l WHERE true",
                "l.question_id",
                "(l.hot, l.question_id) < (:rank, :id)",
                "l.hot DESC, l.question_id DESC");
      };
    }

    private static Walk newest(String rows, String id) {
      return new Walk(rows, id, id + " < :id", id + " DESC");
    }
  }

  List<Question> below(QuestionList list, long[] unseen, Place place, int limit) {
    Walk walk = Walk.of(list);
    String ids =
        """
        SELECT %s FROM %s AND %s AND NOT EXISTS (
          SELECT FROM question s WHERE s.id = %s AND s.author_id = ANY (:unseen))
        ORDER BY %s LIMIT :limit
        """
            .formatted(walk.id(), walk.rows(), walk.below(), walk.id(), walk.order());
    return replica.query(handle -> {
      Query query = query(handle, questions(ids, list), list).bind("id", place.id());
      if (list.order() == Order.HOT && list.tag().isEmpty()) {
        query.bind("rank", place.rank());
      }
      return query
          .bind("unseen", unseen)
          .bind("limit", limit)
          .map((row, context) -> PgQuestions.question(row))
          .list();
    });
  }

  /** Those of a page; whom the reader is not to see is not left out yet. */
  List<Question> page(QuestionList list, int offset, int limit) {
    Walk walk = Walk.of(list);
    String ids =
        "SELECT %s FROM %s ORDER BY %s OFFSET :offset LIMIT :limit"
            .formatted(walk.id(), walk.rows(), walk.order());
    return replica.query(handle ->
        query(handle, questions(ids, list), list)
            .bind("offset", offset)
            .bind("limit", limit)
            .map((row, context) -> PgQuestions.question(row))
            .list());
  }

  /** How many there are, but no more than {@code most} are counted. */
  int count(QuestionList list, int most) {
    String sql =
        "SELECT count(*) FROM (SELECT FROM %s LIMIT :most) AS counted"
            .formatted(Walk.of(list).rows());
    return replica.query(
        handle -> query(handle, sql, list).bind("most", most).mapTo(Integer.class).one());
  }

  /** An array of ids first: so that no plan reads questions that are not shown. */
  private static String questions(String ids, QuestionList list) {
    String order = list.order() == Order.HOT ? "c.hot DESC, q.id DESC" : "q.id DESC";
    return PgQuestions.SELECT + "WHERE q.id = ANY (ARRAY(" + ids + ")) ORDER BY " + order;
  }

  private static Query query(Handle handle, String sql, QuestionList list) {
    Query query = handle.createQuery(sql);
    list.tag().ifPresent(tag -> query.bind("tag", tag));
    return query;
  }
}
