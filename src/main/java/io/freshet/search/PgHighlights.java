package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.post.PostId;
import io.freshet.question.QuestionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** What is shown of the hits of one page. Texts are cut where something was found in them. */
final class PgHighlights {
  /** Characters of a body that are looked at: to read it takes the database some 0.1 us each. */
  private static final int MOST_CHARACTERS = 20_000;

  private static final String MARKS =
      "StartSel=\"" + Piece.START + "\", StopSel=\"" + Piece.END + "\", ";

  private static final String WHOLE = MARKS + "HighlightAll=true";

  /** About two lines of a list. */
  private static final String CUT =
      MARKS + "MaxFragments=2, MinWords=8, MaxWords=18, FragmentDelimiter=\" \u2026 \"";

  private PgHighlights() {}

  static List<FoundPost> posts(Handle handle, Asked asked, List<Match> page) {
    return shown(
        handle,
        asked,
        page,
        "SELECT id, " + marked("text", CUT) + " AS snippet FROM post WHERE id = ANY (:ids)",
        (row, context) -> new FoundPost(new PostId(row.getLong("id")), pieces(row, "snippet")),
        post -> post.id().value());
  }

  static List<FoundQuestion> questions(Handle handle, Asked asked, List<Match> page) {
    return shown(
        handle,
        asked,
        page,
        """
        SELECT id, author_id, tags, coalesce(answers, 0) AS answers, coalesce(score, 0) AS score, %s AS title, %s AS snippet
        FROM question LEFT JOIN question_count ON question_id = id WHERE id = ANY (:ids)
        """
            .formatted(marked("title", WHOLE), marked("search_body(body, format)", CUT)),
        (row, context) -> question(row),
        question -> question.id().value());
  }

  /** Our marks are taken out of the text first, so that nobody can write them into it. */
  private static String marked(String text, String options) {
    return "ts_headline('search_text', translate(left(%s, %d), '<%c%c%c', '%c'), CAST(:query AS tsquery), '%s')"
        .formatted(text, MOST_CHARACTERS, Piece.START, Piece.END, Piece.LESS, Piece.LESS, options);
  }

  private static FoundQuestion question(ResultSet row) throws SQLException {
    return new FoundQuestion(
        new QuestionId(row.getLong("id")),
        new AccountId(row.getLong("author_id")),
        pieces(row, "title"),
        pieces(row, "snippet"),
        List.of((String[]) row.getArray("tags").getArray()),
        row.getInt("answers"),
        row.getInt("score"));
  }

  private static List<Piece> pieces(ResultSet row, String column) throws SQLException {
    return Piece.of(row.getString(column));
  }

  private static <T> List<T> shown(
      Handle handle,
      Asked asked,
      List<Match> page,
      String sql,
      RowMapper<T> read,
      Function<T, Long> id) {
    Map<Long, T> rows = HashMap.newHashMap(page.size());
    PgSearch.bound(handle, sql, asked)
        .bind("ids", page.stream().map(Match::id).toArray(Long[]::new))
        .map(read)
        .forEach(row -> rows.put(id.apply(row), row));
    return page.stream().map(match -> rows.get(match.id())).filter(Objects::nonNull).toList();
  }
}
