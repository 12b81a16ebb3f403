package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.post.Comment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A comment as callers see it. */
record CommentView(
    String id,
    String post,
    AuthorView author,
    String text,
    Instant createdAt,
    List<Mention> mentions) {

  record Mention(String id, String handle) {}

  /** The accounts that the comment names. */
  static Stream<Long> named(Comment comment) {
    return Stream.concat(Stream.of(comment.author().value()), comment.mentioned().stream());
  }

  /** Empty when there is nobody who wrote it. */
  static Optional<CommentView> of(Comment comment, Map<Long, Account> people) {
    return Optional.ofNullable(people.get(comment.author().value()))
        .map(author ->
            new CommentView(
                comment.id().toString(),
                comment.post().toString(),
                AuthorView.of(author),
                comment.text(),
                comment.createdAt(),
                mentions(comment, people)));
  }

  private static List<Mention> mentions(Comment comment, Map<Long, Account> people) {
    return comment.mentioned().stream()
        .map(people::get)
        .filter(Objects::nonNull)
        .map(person -> new Mention(person.id().toString(), person.handle()))
        .toList();
  }
}
