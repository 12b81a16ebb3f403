package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.freshet.account.Account;
import io.freshet.platform.Ids;
import io.freshet.post.Post;
import io.freshet.search.FoundQuestion;
import io.freshet.search.FoundTag;
import io.freshet.search.Piece;
import java.time.Instant;
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

  record Author(String id, String handle, String name) {
    static Author of(Account account) {
      return new Author(account.id().toString(), account.handle(), account.name());
    }
  }

  record Question(
      String id,
      Author author,
      String title,
      List<String> tags,
      int answers,
      int score,
      Instant createdAt) {}

  record QuestionHit(String kind, Question question, List<Piece> title, List<Piece> snippet) {
    static QuestionHit of(FoundQuestion found, Post now, Account author) {
      Question question =
          new Question(
              found.id().toString(),
              Author.of(author),
              now.text(),
              found.tags(),
              found.answers(),
              found.score(),
              Ids.instantOf(found.id().value()));
      return new QuestionHit("question", question, found.title(), found.snippet());
    }
  }

  record PersonHit(String kind, AccountView person) {
    static PersonHit of(Account account) {
      return new PersonHit("person", AccountView.of(account));
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

    static Suggestion of(Post question) {
      return new Suggestion(
          "question",
          Optional.of(question.id().toString()),
          Optional.empty(),
          Optional.empty(),
          question.text());
    }
  }
}
