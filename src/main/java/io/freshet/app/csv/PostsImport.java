package io.freshet.app.csv;

import io.freshet.account.Profile;
import io.freshet.app.Progress;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.post.TextEntities;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Posts from a CSV file, in one transaction. A post is there already if its author has one of the
 * same time and key; of posts without a time, if the author has one of the same text. The file is
 * kept in memory. For one thread.
 */
public final class PostsImport {
  private final Database database;
  private final PostColumns columns;
  private final boolean createsPeople;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * What was done.
   *
   * @param found posts of the file
   * @param added those of them that were not here
   * @param people authors who were not here
   */
  public record Result(long found, long added, long people) {}

  /**
   * An import that was not begun.
   *
   * @param createsPeople whether authors who are not here become people; otherwise they are a fault
   */
  public PostsImport(
      Database database,
      PostColumns columns,
      boolean createsPeople,
      InstantSource clock,
      Progress progress) {
    this.database = database;
    this.columns = columns;
    this.createsPeople = createsPeople;
    this.clock = clock;
    this.progress = progress;
  }

  /** All of the file or nothing. */
  public Result run(Path file) {
    Instant now = clock.instant();
    List<PostRow> posts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    new CsvTable(file)
        .read(
            List.of(columns.author(), columns.text()),
            row -> {
              PostRow post = PostRow.of(row, columns, now);
              requireOne(names, post);
              posts.add(post);
            });
    Ids fresh = new Ids(clock, Ids.NODES - 1);
    RowIds rowIds = new RowIds();
    return database
        .jdbi()
        .inTransaction(handle -> {
          Map<String, Long> authors = new HashMap<>();
          long people = 0;
          long added = 0;
          long done = 0;
          for (List<PostRow> batch : PeopleImport.batches(posts)) {
            people += authors(handle, batch, authors, fresh);
            List<PgCsvPosts.Row> rows = new ArrayList<>();
            rows.addAll(timed(batch, authors, rowIds));
            rows.addAll(untimed(handle, batch, authors, fresh));
            added += PgCsvPosts.insert(handle, rows);
            done += batch.size();
            progress.at("posts", done, posts.size());
          }
          return new Result(posts.size(), added, people);
        });
  }

  /** Names of two authors must not become one handle: nobody could tell them apart again. */
  private static void requireOne(Map<String, String> names, PostRow post) {
    String name = post.name().toLowerCase(Locale.ROOT);
    String other = names.putIfAbsent(post.author(), name);
    if (other != null && !other.equals(name)) {
      throw post.row()
          .bad("\"%s\" and \"%s\" would both be %s".formatted(other, name, post.author()));
    }
  }

  /** Adds to the authors' ids; how many of them are new people. */
  private long authors(Handle handle, List<PostRow> batch, Map<String, Long> known, Ids fresh) {
    Map<String, PostRow> missing = new LinkedHashMap<>();
    for (PostRow post : batch) {
      if (!known.containsKey(post.author())) {
        missing.putIfAbsent(post.author(), post);
      }
    }
    known.putAll(PgCsvPeople.find(handle, List.copyOf(missing.keySet())));
    missing.keySet().removeAll(known.keySet());
    if (missing.isEmpty()) {
      return 0;
    }
    if (!createsPeople) {
      PostRow first = missing.values().iterator().next();
      throw first
          .row()
          .bad(
              "there is nobody called " + first.author() + " (--new-people creates whom it lacks)");
    }
    Map<String, Profile> people = new LinkedHashMap<>();
    missing.forEach((author, post) ->
        people.put(author, new Profile(post.name(), "", Optional.empty(), "", "")));
    Map<String, Long> added = PgCsvPeople.insert(handle, people, fresh);
    known.putAll(added);
    return added.size();
  }

  private static List<PgCsvPosts.Row> timed(
      List<PostRow> batch, Map<String, Long> authors, RowIds ids) {
    List<PgCsvPosts.Row> rows = new ArrayList<>();
    for (PostRow post : batch) {
      post.createdAt()
          .ifPresent(at -> rows.add(row(ids.id(at, post.author(), post.key()), post, authors)));
    }
    return rows;
  }

  private static List<PgCsvPosts.Row> untimed(
      Handle handle, List<PostRow> batch, Map<String, Long> authors, Ids fresh) {
    Map<PgCsvPosts.Known, PostRow> posts = new LinkedHashMap<>();
    for (PostRow post : batch) {
      if (post.createdAt().isEmpty()) {
        long author = authors.getOrDefault(post.author(), 0L);
        posts.putIfAbsent(new PgCsvPosts.Known(author, post.text()), post);
      }
    }
    Set<PgCsvPosts.Known> wanted = new LinkedHashSet<>(posts.keySet());
    wanted.removeAll(PgCsvPosts.known(handle, List.copyOf(posts.keySet())));
    return wanted.stream()
        .flatMap(known -> Optional.ofNullable(posts.get(known)).stream())
        .map(post -> row(fresh.next(), post, authors))
        .toList();
  }

  private static PgCsvPosts.Row row(long id, PostRow post, Map<String, Long> authors) {
    return new PgCsvPosts.Row(
        id, authors.getOrDefault(post.author(), 0L), post.text(), TextEntities.of(post.text()));
  }
}
