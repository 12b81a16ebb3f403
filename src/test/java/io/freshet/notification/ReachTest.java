package io.freshet.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of what, and how it ends. */
class ReachTest {
  private static final AccountId ONE = new AccountId(1);
  private static NotificationFixture town;

  @BeforeAll
  static void open() {
    town = new NotificationFixture();
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @BeforeEach
  void empty() {
    town.empty();
  }

  @Test
  void tellsNothingOfThoseWhoAreMutedOrHidden() {
    long post = town.post(1);
    town.mute(1, 2);
    town.restrict(1, 3);
    town.restrict(4, 1);
    for (long person = 2; person <= 5; person++) {
      town.like(post, person);
      town.follow(person, 1);
    }
    assertThat(town.said(1)).containsExactly("follow by [5] of 1", "like by [5] of 1");
    assertThat(town.count("SELECT count(*) FROM notification")).isEqualTo(2);
  }

  @Test
  void tellsNobodyOfAPostWhoseAuthorHidesFromThem() {
    long post = town.post(2);
    town.restrict(2, 1);
    town.comment(post, 3, 1);
    assertThat(town.said(1)).isEmpty();
  }

  @Test
  void hidesWhatWasToldOfWhoIsMutedUntilThatIsUndone() {
    long post = town.post(1);
    long other = town.post(1);
    town.like(post, 2);
    town.like(post, 3);
    town.like(other, 2);
    town.settle();
    town.mute(1, 2);
    assertThat(town.said(1)).containsExactly("like by [3] of 1");
    assertThat(town.unread(1)).isEqualTo(1);
    town.look(Notice.What.LIKE, post, 2);
    town.graph.unmute(1, 2);
    town.viewers.forget(1);
    assertThat(town.said(1)).containsExactly("like by [2] of 1", "like by [3, 2] of 2");
    town.restrict(2, 1);
    assertThat(town.said(1)).containsExactly("like by [3] of 1");
  }

  @Test
  void fillsAPageAroundWhatIsHidden() {
    town.mute(1, 3);
    for (int i = 0; i < 10; i++) {
      long post = town.post(1);
      town.like(post, 2);
      if (i % 2 == 0) {
        town.sql("UPDATE post SET deleted_at = now() WHERE id = ?", post);
      }
    }
    town.settle();
    assertThat(town.notifications.page(ONE, Long.MAX_VALUE, 4).items()).hasSize(4);
    assertThat(town.notifications.page(ONE, Long.MAX_VALUE, 4).next()).isPresent();
    assertThat(town.notifications.page(ONE, Long.MAX_VALUE, 5).next()).isEmpty();
    assertThat(town.unread(1)).isEqualTo(5);
  }

  @Test
  void tellsOnlyWhatIsWanted() {
    long post = town.post(1);
    town.notifications.prefer(ONE, new Preferences(Set.of(Kind.LIKE), true));
    town.follow(1, 2);
    town.like(post, 2);
    town.comment(post, 2);
    town.comment(post, 3);
    assertThat(town.said(1)).containsExactly("comment by [2] of 1");
    assertThat(town.notifications.preferences(ONE))
        .isEqualTo(new Preferences(Set.of(Kind.LIKE), true));
    assertThat(town.notifications.preferences(new AccountId(2))).isEqualTo(Preferences.ALL);
    town.notifications.prefer(ONE, Preferences.ALL);
    town.like(post, 3);
    assertThat(town.said(1)).containsExactly("like by [3] of 1", "comment by [2] of 1");
  }

  @Test
  void tellsNothingOfNobodyOrToNobody() {
    long post = town.post(1);
    town.sql("ALTER TABLE post_like DROP CONSTRAINT post_like_account_id_fkey");
    town.like(post, 99);
    town.post(2, 98);
    town.sql("DELETE FROM post_like WHERE account_id = 99");
    town.sql(
        "ALTER TABLE post_like ADD CONSTRAINT post_like_account_id_fkey"
            + " FOREIGN KEY (account_id) REFERENCES account");
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
  }

  @Test
  void takesBackAllAboutADeletedPost() {
    long post = town.post(1, 5);
    long kept = town.post(1);
    town.like(kept, 2);
    town.like(post, 2);
    town.comment(post, 3);
    town.comment(post, 3, 4);
    town.share(post, 6);
    town.settle();
    town.like(post, 7); // not settled yet
    assertThat(town.count("SELECT count(*) FROM notification")).isEqualTo(7);
    town.delete(post);
    assertThat(town.said(1)).containsExactly("like by [2] of 1");
    assertThat(town.count("SELECT count(*) FROM notification")).isEqualTo(1);
    assertThat(town.count("SELECT count(*) FROM notification_group")).isEqualTo(1);
  }

  @Test
  void takesBackManyInBatches() {
    long post = town.post(1);
    town.sql(
        "INSERT INTO notification (recipient_id, kind, subject_id, actor_id, deed_id)"
            + " SELECT 1, 'like', ?, 1000 + i, ? + i FROM generate_series(1, 2500) i",
        post,
        post);
    town.settle();
    town.delete(post);
    town.settle();
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
    assertThat(town.count("SELECT count(*) FROM notification_group")).isZero();
  }

  @Test
  void keepsAThousandGroupsForNinetyDays() {
    List<Long> posts = LongStream.range(0, 4).map(i -> town.post(1)).boxed().toList();
    town.like(posts.get(0), 2);
    town.like(posts.get(1), 2);
    town.settle();
    town.clock.advance(Notifier.KEPT.minus(Duration.ofDays(1)));
    town.like(posts.get(1), 3);
    town.like(posts.get(2), 3);
    town.settle();
    town.clock.advance(Duration.ofDays(2));
    new Retention(town.jdbi, 1).run(town.clock.instant());
    assertThat(town.said(1)).containsExactly("like by [3] of 1", "like by [3, 2] of 2");
    town.look(Notice.What.LIKE, posts.get(0), 2);
    assertThat(town.said(1)).hasSize(2);

    town.sql(
        "INSERT INTO notification (recipient_id, kind, subject_id, actor_id, deed_id)"
            + " SELECT 1, 'follow', i, 2, ? FROM generate_series(1, 1010) i",
        posts.get(3));
    town.settle();
    new Retention(town.jdbi).run(town.clock.instant());
    town.settle();
    assertThat(town.count("SELECT count(*) FROM notification_group")).isEqualTo(1_000);
    assertThat(town.count("SELECT groups FROM notification_box WHERE recipient_id = 1"))
        .isEqualTo(1_000);
    assertThat(town.count("SELECT count(*) FROM notification WHERE kind = 'like'")).isZero();
  }

  @Test
  void erasesAPersonAsRecipientAndAsActor() {
    long post = town.post(1);
    long other = town.post(2);
    town.like(post, 2);
    town.like(post, 3);
    town.like(other, 1);
    town.follow(1, 3);
    town.settle();
    town.like(post, 4);
    town.notifications.prefer(ONE, new Preferences(Set.of(Kind.LIKE), true));
    int steps = 0;
    while (town.notifications.eraseOf(ONE, 1)) {
      steps++;
    }
    town.settle();
    assertThat(steps).isGreaterThan(2);
    assertThat(
            town.count("SELECT count(*) FROM notification WHERE recipient_id = 1 OR actor_id = 1"))
        .isZero();
    assertThat(town.count("SELECT count(*) FROM notification_group")).isZero();
    assertThat(town.count("SELECT count(*) FROM notification_box WHERE recipient_id = 1")).isZero();
  }
}
