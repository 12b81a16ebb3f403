package io.freshet.app.bulk;

import io.freshet.app.Progress;
import io.freshet.graph.PullChanged;
import io.freshet.outbox.Event;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes a town into the database in one transaction, table by table with COPY, each in the order
 * of its key. Counters are exact. Foreign keys hold by construction and are not checked row by row
 * where the database lets us.
 */
public final class BulkImport {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final Duration ACCOUNTS_BEFORE = Duration.ofDays(60);
  private static final Duration POSTS_BEFORE = Duration.ofDays(14);
  private static final int STEP = 20_000;

  private final Database database;
  private final int celebrityThreshold;
  private final Progress progress;
  private final Instant now;

  /** What was written. */
  public record Result(long accounts, long follows, long posts, long celebrities) {}

  public BulkImport(
      Database database, int celebrityThreshold, InstantSource clock, Progress progress) {
    this.database = database;
    this.celebrityThreshold = celebrityThreshold;
    this.progress = progress;
    this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether there is such a person already. */
  public static boolean knows(Database database, String handle) {
    return database
        .jdbi()
        .withHandle(sql ->
            sql.createQuery("SELECT EXISTS (SELECT FROM account WHERE handle = ?)")
                .bind(0, handle)
                .mapTo(Boolean.class)
                .one());
  }

  /** All of it or nothing. */
  public Result run(Town town) {
    int salt = Math.floorMod(now.toEpochMilli(), PastIds.SALTS);
    int people = town.people().size();
    PastIds accountIds =
        PastIds.over(now.minus(ACCOUNTS_BEFORE), Duration.ofDays(30), people, salt);
    long[] ids = new long[people];
    Arrays.setAll(ids, accountIds::id);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setNetworkTimeout(Runnable::run, 0);
      skipForeignKeyChecks(connection);
      copyAccounts(connection, town.people(), ids);
      copyFollows(connection, town.graph(), ids);
      long[] celebrities = copyCounts(connection, town.graph(), ids);
      announce(connection, celebrities);
      long posts = copyPosts(connection, town, ids, salt);
      progress.at("committing", 0, 1);
      connection.commit();
      progress.at("committing", 1, 1);
      tidy(connection);
      return new Result(people, town.graph().edges().length, posts, celebrities.length);
    } catch (SQLException e) {
      throw UNIQUE_VIOLATION.equals(e.getSQLState())
          ? new OperatorException(
              "Nothing was imported, for there are such people already ("
                  + detail(e)
                  + "): use another FRESHET_HOME or --prefix.",
              e)
          : new OperatorException("Nothing was imported: " + detail(e) + ".", e);
    }
  }

  private void copyAccounts(Connection connection, List<Person> people, long[] ids)
      throws SQLException {
    try (CopyTable table =
        new CopyTable(
            connection,
            "account (id, handle, first_name, last_name, city, biography, password_hash, created_at)")) {
      for (int i = 0; i < ids.length; i++) {
        Person person = people.get(i);
        table
            .field(ids[i])
            .field(person.handle())
            .field(person.firstName())
            .field(person.lastName());
        table.field(person.city()).field(person.biography());
        person.passwordHash().ifPresentOrElse(table::field, table::missing);
        table.field(Ids.instantOf(ids[i]).toString());
        table.endRow();
        report("people", i + 1, ids.length);
      }
      table.finish();
    }
  }

  private void copyFollows(Connection connection, SocialGraph graph, long[] ids)
      throws SQLException {
    String at = now.toString();
    try (CopyTable table =
        new CopyTable(connection, "follow (follower_id, followee_id, created_at)")) {
      long[] edges = graph.edges();
      for (int i = 0; i < edges.length; i++) {
        table
            .field(ids[SocialGraph.follower(edges[i])])
            .field(ids[SocialGraph.followee(edges[i])])
            .field(at);
        table.endRow();
        report("follows", i + 1, edges.length);
      }
      table.finish();
    }
  }

  /** Every process is to know the celebrities, as if each had become one by being followed. */
  private void announce(Connection connection, long[] celebrities) throws SQLException {
    Ids eventIds = new Ids(() -> now, Ids.NODES - 1);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO outbox (id, topic, body, created_at) VALUES (?, ?, ?, ?)")) {
      for (long author : celebrities) {
        Event event = Event.of(PullChanged.TOPIC, new PullChanged(author, 1));
        insert.setLong(1, eventIds.next());
        insert.setString(2, event.topic());
        insert.setBytes(3, event.body());
        insert.setObject(4, now.atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private long[] copyCounts(Connection connection, SocialGraph graph, long[] ids)
      throws SQLException {
    int[] followers = graph.followers();
    int[] followees = graph.followees();
    LongStream.Builder celebrities = LongStream.builder();
    try (CopyTable table =
        new CopyTable(
            connection, "follow_count (account_id, followers, followees, pulled, flips)")) {
      for (int i = 0; i < ids.length; i++) {
        boolean pulled = followers[i] >= celebrityThreshold;
        if (pulled) {
          celebrities.add(ids[i]);
        }
        table.field(ids[i]).field(followers[i]).field(followees[i]);
        table.field(pulled ? "yes" : "no").field(pulled ? 1 : 0);
        table.endRow();
      }
      table.finish();
    }
    return celebrities.build().toArray();
  }

  /** Round by round everyone writes once, in another order each time. */
  private long copyPosts(Connection connection, Town town, long[] ids, int salt)
      throws SQLException {
    long total = (long) ids.length * town.postsPerAccount();
    PastIds postIds =
        PastIds.over(now.minus(POSTS_BEFORE), POSTS_BEFORE.minusMinutes(1), total, salt);
    List<String> texts = town.texts();
    try (CopyTable table = new CopyTable(connection, "post (id, author_id, text)")) {
      for (long i = 0; i < total; i++) {
        long round = i / ids.length;
        long author = shuffled(i % ids.length, round, ids.length);
        table
            .field(postIds.id(i))
            .field(ids[(int) author])
            .field(texts.get((int) (i % texts.size())));
        table.endRow();
        report("posts", i + 1, total);
      }
      table.finish();
    }
    return total;
  }

  /**
   * A permutation of 0 to n-1 for each round: multiplying by a prime larger than n, then shifting.
   */
  private static long shuffled(long i, long round, long n) {
    long prime = 2_147_483_647L;
    return (i * (prime % n == 0 ? 1 : prime % n) + round * 7_919) % n;
  }

  private void tidy(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    List<String> tables = List.of("account", "follow", "follow_count", "post");
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables.size(); i++) {
        progress.at("statistics", i, tables.size());
        statement.execute("VACUUM (ANALYZE) " + tables.get(i));
      }
    }
    progress.at("statistics", tables.size(), tables.size());
  }

  static void skipForeignKeyChecks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL session_replication_role = replica");
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(); // not a superuser: the keys are checked then
    }
  }

  private void report(String what, long done, long total) {
    if (done % STEP == 0 || done == total) {
      progress.at(what, done, total);
    }
  }

  static String detail(SQLException e) {
    return String.valueOf(e.getMessage())
        .replaceAll("(?s)^ERROR: ", "")
        .replaceAll("\\s+", " ")
        .replaceFirst("\\.$", "");
  }
}
