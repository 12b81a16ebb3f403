package io.freshet.app.csv;

import io.freshet.account.Profile;
import io.freshet.app.Progress;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.PgGraphStore;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * People and whom they follow, from a CSV file, in one transaction. Who is there already is left
 * alone, with what the file says they follow. The file is kept in memory. For one thread.
 */
public final class PeopleImport {
  private static final int BATCH = 1_000;

  private final Database database;
  private final CelebrityRule celebrities;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * What was done.
   *
   * @param found people of the file
   * @param added those of them who were not here
   */
  public record Result(long found, long added, long follows) {}

  private record Edge(Newcomer follower, String followee) {}

  public PeopleImport(
      Database database, CelebrityRule celebrities, InstantSource clock, Progress progress) {
    this.database = database;
    this.celebrities = celebrities;
    this.clock = clock;
    this.progress = progress;
  }

  /** All of the file or nothing. */
  public Result run(Path file) {
    Map<String, Newcomer> people = read(file);
    Ids ids = new Ids(clock, Ids.NODES - 1);
    Result result =
        database
            .jdbi()
            .inTransaction(handle -> {
              Map<String, Long> added = new LinkedHashMap<>();
              for (List<Newcomer> batch : batches(List.copyOf(people.values()))) {
                Map<String, Profile> rows = new LinkedHashMap<>();
                batch.forEach(person -> rows.put(person.handle(), person.profile()));
                added.putAll(PgCsvPeople.insert(handle, rows, ids));
                progress.at("people", Math.min(added.size(), people.size()), people.size());
              }
              long follows = 0;
              SortedMap<Long, int[]> counts = new TreeMap<>();
              List<Edge> edges = edges(people, added);
              for (List<Edge> batch : batches(edges)) {
                follows += follow(handle, batch, added, counts);
                progress.at("follows", follows, edges.size());
              }
              PgCsvPeople.count(handle, counts);
              return new Result(people.size(), added.size(), follows);
            });
    Outbox outbox = new Outbox(database.jdbi(), new PgOutboxStore(database.jdbi(), ids, clock));
    // Also where nothing is new: the last run may have died before it came here.
    new PgGraphStore(database.jdbi(), outbox, clock).reclassify(celebrities);
    return result;
  }

  private Map<String, Newcomer> read(Path file) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Map<String, Newcomer> people = new LinkedHashMap<>();
    new CsvTable(file)
        .read(
            List.of(Newcomer.HANDLE),
            row -> {
              Newcomer person = Newcomer.of(row, today);
              Newcomer before = people.putIfAbsent(person.handle(), person);
              if (before != null) {
                throw row.bad(
                    "the handle "
                        + person.handle()
                        + " is in line "
                        + before.row().line()
                        + " already");
              }
            });
    return people;
  }

  private static List<Edge> edges(Map<String, Newcomer> people, Map<String, Long> added) {
    List<Edge> edges = new ArrayList<>();
    for (Newcomer person : people.values()) {
      if (added.containsKey(person.handle())) {
        person.follows().forEach(followee -> edges.add(new Edge(person, followee)));
      }
    }
    return edges;
  }

  private static long follow(
      Handle handle, List<Edge> edges, Map<String, Long> added, SortedMap<Long, int[]> counts) {
    Set<String> named = new LinkedHashSet<>();
    edges.forEach(edge -> named.add(edge.followee()));
    Map<String, Long> ids = PgCsvPeople.find(handle, List.copyOf(named));
    long[] followers = new long[edges.size()];
    long[] followees = new long[edges.size()];
    for (int i = 0; i < followers.length; i++) {
      Edge edge = edges.get(i);
      followers[i] = added.getOrDefault(edge.follower().handle(), 0L);
      followees[i] =
          Optional.ofNullable(ids.get(edge.followee()))
              .orElseThrow(() ->
                  edge.follower()
                      .row()
                      .bad("there is nobody called " + edge.followee() + " to follow"));
    }
    return PgCsvPeople.follow(handle, followers, followees, counts);
  }

  static <T> List<List<T>> batches(List<T> rows) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += BATCH) {
      batches.add(rows.subList(from, Math.min(rows.size(), from + BATCH)));
    }
    return batches;
  }
}
