package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.question.QuestionId;
import java.util.List;

/**
 * A question that was found.
 *
 * @param title with what was searched for
 * @param snippet of the body, with what was searched for
 */
public record FoundQuestion(
    QuestionId id,
    AccountId author,
    List<Piece> title,
    List<Piece> snippet,
    List<String> tags,
    int answers,
    int score) {
  public FoundQuestion {
    tags = List.copyOf(tags);
  }
}
