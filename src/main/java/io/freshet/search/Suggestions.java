package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.question.QuestionId;
import java.util.List;

/** What somebody may mean who has typed so far; the likeliest of each kind first. */
public record Suggestions(List<AccountId> people, List<FoundTag> tags, List<QuestionId> questions) {
  public Suggestions {
    people = List.copyOf(people);
    tags = List.copyOf(tags);
    questions = List.copyOf(questions);
  }
}
