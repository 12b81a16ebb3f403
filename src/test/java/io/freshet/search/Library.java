package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.platform.Database;
import io.freshet.platform.Replica;
import io.freshet.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/** A database with texts to be found, written straight into the tables. */
final class Library implements AutoCloseable {
  static final long AUTHOR = 1;

  private static final int PAGE = 20;

  private static final Object[] NONE = {};

  private final AtomicLong ids = new AtomicLong(1_000);
  private final Database database = TestDatabase.open();
  private final Searches searches = new Searches(Replica.none(database.jdbi()));

  Library() {
    clear();
  }

  /** Takes out all but one author. */
  void clear() {
    execute("TRUNCATE account, post, question, tag CASCADE", NONE);
    person(AUTHOR, "author", "Some", "Body");
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  Searches searches() {
    return searches;
  }

  void person(long id, String handle, String first, String last) {
    execute(
        "INSERT INTO account (id, handle, first_name, last_name, created_at) VALUES (?, ?, ?, ?, now())",
        id,
        handle,
        first,
        last);
  }

  long question(String title, String body) {
    return question(AUTHOR, title, body, "markdown");
  }

  long question(long author, String title, String body, String format) {
    long id = ids.incrementAndGet();
    execute(
        "INSERT INTO post (id, author_id, text, is_question) VALUES (?, ?, ?, true)",
        id,
        author,
        title);
    execute(
        "INSERT INTO question (id, author_id, title, body, format) VALUES (?, ?, ?, ?, ?)",
        id,
        author,
        title,
        body,
        format);
    return id;
  }

  long post(String text) {
    long id = ids.incrementAndGet();
    execute("INSERT INTO post (id, author_id, text) VALUES (?, ?, ?)", id, AUTHOR, text);
    return id;
  }

  void tag(String name, int questions) {
    execute("INSERT INTO tag (name, questions) VALUES (?, ?)", name, questions);
  }

  void execute(String sql, Object... arguments) {
    jdbi().useHandle(handle -> handle.execute(sql, arguments));
  }

  List<Long> questions(String text, long... unseen) {
    return found(text, unseen).stream().map(hit -> hit.id().value()).toList();
  }

  List<FoundQuestion> found(String text, long... unseen) {
    return searches.questions(text, unseen, Optional.empty(), PAGE).items();
  }

  List<Long> posts(String text) {
    return searches.posts(text, new long[0], Optional.empty(), PAGE).items().stream()
        .map(hit -> hit.id().value())
        .toList();
  }

  List<Long> people(String text) {
    return searches.people(text, Optional.empty(), PAGE).items().stream()
        .map(AccountId::value)
        .toList();
  }

  List<String> tags(String text) {
    return searches.tags(text, Optional.empty(), PAGE).items().stream()
        .map(FoundTag::name)
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
