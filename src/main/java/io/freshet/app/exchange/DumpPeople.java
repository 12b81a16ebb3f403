package io.freshet.app.exchange;

import io.freshet.app.bulk.Person;
import io.freshet.app.bulk.Towns;
import io.freshet.app.exchange.Dump.Part;
import io.freshet.app.exchange.DumpIndex.Author;
import io.freshet.question.SafeHtml;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Those of a dump who wrote something. Names come from {@code Users.xml}, else from the text, else
 * they are invented. Nobody of them can sign in.
 */
final class DumpPeople {
  private static final long SEED = 1;
  private static final int NAME = 100;
  private static final int BIOGRAPHY = 1_000;

  private final Handles handles;
  private final Map<String, Author> authors;
  private final PgDumpPeople table;
  private final int batch;
  private final DumpIds ids = new DumpIds();
  private final Map<String, Long> known = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private long added;

  DumpPeople(Handles handles, Map<String, Author> authors, PgDumpPeople table, int batch) {
    this.handles = handles;
    this.authors = authors;
    this.table = table;
    this.batch = batch;
  }

  /**
   * Somebody to be written; the same dump always gives them the same id.
   *
   * @param isUser whether the dump's list of users has them: then since is when they came
   */
  record Row(long id, Person person, Instant since, boolean isUser) {}

  void write(Dump dump) {
    Batch<Row> rows = new Batch<>(batch, this::write);
    dump.read(
        Part.USERS,
        "people",
        user -> {
          String handle = handles.ofUser(user.number("Id"));
          if (authors.containsKey(handle) && seen.add(handle)) {
            Instant since = user.time("CreationDate");
            rows.add(row(person(handle, user), since, true));
          }
        });
    others(rows);
    rows.flush();
  }

  private void others(Batch<Row> rows) {
    Towns towns = new Towns(SEED);
    authors.forEach((handle, author) -> {
      if (!seen.contains(handle)) {
        Person stranger = towns.stranger(handle);
        Person person = author.name().map(name -> named(handle, name, "", "")).orElse(stranger);
        rows.add(row(person, author.since(), false));
      }
    });
  }

  /** The id of an author; empty if they were removed here. */
  Optional<Long> id(String handle) {
    return Optional.ofNullable(known.get(handle));
  }

  long found() {
    return known.size();
  }

  long added() {
    return added;
  }

  private void write(List<Row> rows) {
    added += table.write(rows, known);
  }

  private Row row(Person person, Instant since, boolean isUser) {
    return new Row(ids.id(since, person.handle().hashCode()), person, since, isUser);
  }

  private static Person person(String handle, DumpRow user) {
    return named(
        handle,
        user.text("DisplayName").orElse(handle),
        cut(line(user.text("Location").orElse("")), NAME),
        cut(SafeHtml.words(user.text("AboutMe").orElse("")), BIOGRAPHY));
  }

  private static Person named(String handle, String name, String city, String biography) {
    String line = line(name);
    int blank = line.indexOf(' ');
    String first = blank < 0 ? line : line.substring(0, blank);
    String last = blank < 0 ? "" : line.substring(blank + 1);
    return new Person(
        handle,
        first.isEmpty() ? handle : cut(first, NAME),
        cut(last, NAME),
        city,
        biography,
        Optional.empty());
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String cut(String text, int limit) {
    return text.codePointCount(0, text.length()) <= limit
        ? text
        : text.substring(0, text.offsetByCodePoints(0, limit)).strip();
  }
}
