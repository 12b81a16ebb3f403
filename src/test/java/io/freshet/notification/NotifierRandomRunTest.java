package io.freshet.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.notification.Notice.What;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People do and take back whatever they like, and the tasks come twice, late and in any order, with
 * settling in between: in the end the rows are what the deeds say, and the groups what the rows
 * say.
 */
class NotifierRandomRunTest {
  private static final int PEOPLE = 4;
  private static final int STEPS = 150;
  private static NotificationFixture town;

  @BeforeAll
  static void open() {
    town = new NotificationFixture();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  /** A task that waits. */
  private record Waiting(What what, long id, long account) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsWithWhatTheDeedsSay(long seed) {
    run(new Random(seed));
    assertThat(rows()).isEqualTo(deeds()).isNotEmpty();
    assertThat(
            town.count(
                """
                SELECT count(*) FROM (
                  SELECT recipient_id, kind, subject_id, count(*)::int AS total, max(position) AS newest
                  FROM notification GROUP BY 1, 2, 3) r
                FULL JOIN notification_group g USING (recipient_id, kind, subject_id)
                WHERE r.total IS DISTINCT FROM g.total OR g.id < r.newest
                """))
        .isZero();
    assertThat(
            town.count(
                """
                SELECT count(*) FROM notification_box b WHERE groups <>
                  (SELECT count(*) FROM notification_group WHERE recipient_id = b.recipient_id)
                """))
        .isZero();
  }

  private static void run(Random random) {
    town.empty();
    List<Long> posts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      posts.add(town.post(someone(random), someone(random)));
    }
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Waiting task = act(random, posts);
      waiting.add(task);
      if (random.nextInt(3) == 0) {
        waiting.add(task);
      }
      Collections.shuffle(waiting, random);
      if (random.nextBoolean()) {
        look(waiting.removeLast());
      }
      if (random.nextInt(10) == 0) {
        town.settling.runOnce();
      }
    }
    waiting.forEach(NotifierRandomRunTest::look);
    town.settle();
  }

  private static void look(Waiting task) {
    town.look(task.what(), task.id(), task.account());
  }

  private static long someone(Random random) {
    return 1 + random.nextLong(PEOPLE);
  }

  private static Waiting act(Random random, List<Long> posts) {
    long person = someone(random);
    long other = 1 + (person + random.nextLong(PEOPLE - 1)) % PEOPLE;
    long post = posts.get(random.nextInt(posts.size()));
    town.clock.advance(Duration.ofHours(1));
    return switch (random.nextInt(8)) {
      case 0, 1 -> like(post, person, random.nextBoolean());
      case 2 -> follow(person, other, random.nextBoolean());
      case 3, 4 -> comment(post, person, other);
      case 5 -> deleteComment(random);
      case 6 -> share(post, person);
      default -> edit(posts, random, other);
    };
  }

  private static Waiting like(long post, long person, boolean isRemoved) {
    town.sql(
        "INSERT INTO post_like (post_id, account_id, id, removed) VALUES (?, ?, ?, ?) ON CONFLICT"
            + " (post_id, account_id) DO UPDATE SET id = excluded.id, removed = excluded.removed",
        post,
        person,
        town.ids.next(),
        isRemoved);
    return new Waiting(What.LIKE, post, person);
  }

  private static Waiting follow(long follower, long followee, boolean isRemoved) {
    town.sql("DELETE FROM follow WHERE follower_id = ? AND followee_id = ?", follower, followee);
    if (!isRemoved) {
      town.sql(
          "INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, ?)",
          follower,
          followee,
          town.clock.instant().atOffset(ZoneOffset.UTC));
    }
    return new Waiting(What.FOLLOW, followee, follower);
  }

  private static Waiting comment(long post, long author, long mentioned) {
    long id = town.ids.next();
    town.sql(
        "INSERT INTO comment (id, post_id, author_id, text, mentioned) VALUES (?, ?, ?, 't', ?)",
        id,
        post,
        author,
        id % 2 == 0 ? new Long[] {mentioned} : new Long[0]);
    return new Waiting(What.COMMENT, id, 0);
  }

  private static Waiting deleteComment(Random random) {
    List<Long> all =
        town.jdbi.withHandle(
            handle -> handle.createQuery("SELECT id FROM comment").mapTo(Long.class).list());
    long id = all.isEmpty() ? 1 : all.get(random.nextInt(all.size()));
    town.sql("UPDATE comment SET deleted_at = now() WHERE id = ?", id);
    return new Waiting(What.COMMENT, id, 0);
  }

  /** Shares it, or takes the share back. */
  private static Waiting share(long post, long person) {
    List<Long> there =
        town.jdbi.withHandle(handle ->
            handle
                .createQuery(
                    "UPDATE post SET deleted_at = now() WHERE original_id = ? AND author_id = ? AND deleted_at IS NULL RETURNING id")
                .bind(0, post)
                .bind(1, person)
                .mapTo(Long.class)
                .list());
    long id = there.isEmpty() ? town.ids.next() : there.getFirst();
    if (there.isEmpty()) {
      town.sql(
          "INSERT INTO post (id, author_id, text, original_id) VALUES (?, ?, '', ?)",
          id,
          person,
          post);
    }
    return new Waiting(What.POST, id, 0);
  }

  /** Changes whom a post names; now and then it is deleted and another written. */
  private static Waiting edit(List<Long> posts, Random random, long mentioned) {
    int at = random.nextInt(posts.size());
    long post = posts.get(at);
    if (random.nextInt(4) == 0) {
      town.sql("UPDATE post SET deleted_at = now() WHERE id = ?", post);
      posts.set(at, town.post(someone(random)));
    } else {
      town.sql("UPDATE post SET mentioned = ? WHERE id = ?", new Long[] {mentioned}, post);
    }
    return new Waiting(What.POST, post, 0);
  }

  private static List<String> rows() {
    return list(
        "SELECT concat_ws(' ', recipient_id, kind, subject_id, actor_id, deed_id) FROM notification"
            + " WHERE NOT removed AND told_id = deed_id AND position > 0");
  }

  /** The rule, said once more and otherwise. */
  private static List<String> deeds() {
    return list(
        """
        WITH living AS (SELECT * FROM post WHERE deleted_at IS NULL),
        said AS (
          SELECT c.post_id, c.author_id, c.id, c.mentioned, p.author_id AS owner
          FROM comment c JOIN living p ON p.id = c.post_id WHERE c.deleted_at IS NULL),
        named AS (
          SELECT m AS recipient, post_id, author_id, max(id) AS id FROM (
            SELECT unnest(mentioned) AS m, id AS post_id, author_id, id FROM living WHERE original_id IS NULL
            UNION ALL SELECT unnest(mentioned), post_id, author_id, id FROM said) n
          WHERE m <> author_id GROUP BY 1, 2, 3)
        SELECT concat_ws(' ', recipient, 'mention', post_id, author_id, id) FROM named
        UNION ALL
        SELECT concat_ws(' ', p.author_id, 'like', p.id, l.account_id, l.id)
        FROM post_like l JOIN living p ON p.id = l.post_id WHERE NOT l.removed AND l.account_id <> p.author_id
        UNION ALL
        SELECT concat_ws(' ', p.author_id, 'share', p.id, s.author_id, s.id)
        FROM living s JOIN living p ON p.id = s.original_id WHERE s.author_id <> p.author_id
        UNION ALL
        SELECT concat_ws(' ', owner, 'comment', post_id, author_id, max(id)) FROM said s WHERE owner <> author_id
        GROUP BY owner, post_id, author_id
        HAVING max(id) NOT IN (SELECT id FROM named n WHERE n.recipient = owner)
        UNION ALL
        SELECT concat_ws(' ', followee_id, 'follow', (created_at AT TIME ZONE 'UTC')::date - '1970-01-01'::date,
          follower_id, ((extract(epoch FROM created_at) * 1000)::bigint - 1199145600000) << 22)
        FROM follow
        """);
  }

  private static List<String> list(String query) {
    return town.jdbi.withHandle(
        handle -> handle.createQuery(query).mapTo(String.class).stream().sorted().toList());
  }
}
