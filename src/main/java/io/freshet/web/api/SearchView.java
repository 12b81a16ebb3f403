package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.freshet.account.Account;
import io.freshet.question.Question;
import io.freshet.search.FoundQuestion;
import io.freshet.search.FoundTag;
import io.freshet.search.Piece;
import java.util.List;
import java.util.Optional;

/** Hits and suggestions as callers see them. */
final class SearchView {
  private SearchView() {}

  /**
   * A post.
   *
   * @param post in JSON
   */
  record PostHit(String kind, @JsonRawValue String post, List<Piece> snippet) {
    PostHit(String post, List<Piece> snippet) {
      this("post", post, snippet);
    }
  }

  record QuestionHit(String kind, QuestionView question, List<Piece> title, List<Piece> snippet) {
    static QuestionHit of(FoundQuestion found, Question now, Account author) {
      return new QuestionHit(
          "question", QuestionView.found(now, author), found.title(), found.snippet());
    }
  }

  record PersonHit(String kind, AccountView person) {
    PersonHit(AccountView person) {
      this("person", person);
    }
  }

  record Tag(String name, int questions) {}

  record TagHit(String kind, Tag tag) {
    static TagHit of(FoundTag found) {
      return new TagHit("tag", new Tag(found.name(), found.questions()));
    }
  }

  record Suggested(List<Suggestion> items) {}

  /**
   * A row below the search box.
   *
   * @param id of a person or question
   * @param handle of a person
   * @param questions that bear the tag
   * @param text what the row says: a name, a title, a tag
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Suggestion(
      String kind,
      Optional<String> id,
      Optional<String> handle,
      Optional<Integer> questions,
      String text) {
    static Suggestion of(Account person) {
      return new Suggestion(
          "person",
          Optional.of(person.id().toString()),
          Optional.of(person.handle()),
          Optional.empty(),
          person.name());
    }

    static Suggestion of(FoundTag tag) {
      return new Suggestion(
          "tag", Optional.empty(), Optional.empty(), Optional.of(tag.questions()), tag.name());
    }

    static Suggestion of(Question question) {
      return new Suggestion(
          "question",
          Optional.of(question.id().toString()),
          Optional.empty(),
          Optional.empty(),
          question.title());
    }
  }
}
