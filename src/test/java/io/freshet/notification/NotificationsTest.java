package io.freshet.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.platform.Page;
import io.freshet.post.PostId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told of, on a real PostgreSQL. */
class NotificationsTest {
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
  void putsLikesOfOnePostTogetherNewestFirst() {
    long first = town.post(1);
    long second = town.post(1);
    for (long person = 2; person <= 6; person++) {
      town.like(first, person);
    }
    town.like(second, 7);
    assertThat(town.said(1)).containsExactly("like by [7] of 1", "like by [6, 5, 4] of 5");
    assertThat(town.shown(1).getFirst().post()).contains(new PostId(second));
    assertThat(town.unread(1)).isEqualTo(2);
    town.like(first, 1);
    assertThat(town.said(1)).hasSize(2);
  }

  @Test
  void tellsOfFollowsByDay() {
    town.follow(2, 1);
    town.follow(3, 1);
    town.clock.advance(Duration.ofDays(1));
    town.follow(4, 1);
    assertThat(town.said(1)).containsExactly("follow by [4] of 1", "follow by [3, 2] of 2");
    town.unfollow(2, 1);
    town.follow(2, 1);
    assertThat(town.said(1)).containsExactly("follow by [2, 4] of 2", "follow by [3] of 1");
    town.unfollow(3, 1);
    assertThat(town.said(1)).containsExactly("follow by [2, 4] of 2");
    assertThat(town.shown(1).getFirst().post()).isEmpty();
  }

  @Test
  void tellsOfSharesAndTakesThemBack() {
    long post = town.post(1);
    long share = town.share(post, 2);
    town.share(post, 3);
    assertThat(town.said(1)).containsExactly("share by [3, 2] of 2");
    assertThat(town.shown(1).getFirst().post()).contains(new PostId(post));
    town.delete(share);
    assertThat(town.said(1)).containsExactly("share by [3] of 1");
  }

  @Test
  void countsACommenterOnceAndKeepsTheNewestComment() {
    long post = town.post(1);
    long first = town.comment(post, 2);
    long second = town.comment(post, 2);
    assertThat(town.said(1)).containsExactly("comment by [2] of 1");
    assertThat(town.shown(1).getFirst().comment()).isEqualTo(OptionalLong.of(second));
    town.notifications.read(ONE, Long.MAX_VALUE);
    town.deleteComment(second);
    assertThat(town.shown(1).getFirst().comment()).isEqualTo(OptionalLong.of(first));
    assertThat(town.unread(1)).isZero();
    town.comment(post, 2);
    assertThat(town.unread(1)).isEqualTo(1);
    assertThat(town.said(1)).containsExactly("comment by [2] of 1");
  }

  @Test
  void tellsAMentionInPostsAndComments() {
    long post = town.post(2, 1, 3, 2);
    assertThat(town.said(1)).containsExactly("mention by [2] of 1");
    assertThat(town.said(2)).isEmpty();
    assertThat(town.shown(1).getFirst().comment()).isEmpty();
    long comment = town.comment(post, 4, 1);
    assertThat(town.said(1)).containsExactly("mention by [4, 2] of 2");
    assertThat(town.shown(1).getFirst().comment()).isEqualTo(OptionalLong.of(comment));
    town.sql("UPDATE post SET mentioned = '{3}', version = 2 WHERE id = ?", post);
    town.look(Notice.What.POST, post, 0);
    assertThat(town.said(1)).containsExactly("mention by [4] of 1");
    assertThat(town.said(3)).containsExactly("mention by [2] of 1");
  }

  @Test
  void tellsACommentThatMentionsItsReaderOnce() {
    long post = town.post(1);
    town.comment(post, 2, 1);
    assertThat(town.said(1)).containsExactly("mention by [2] of 1");
    town.notifications.prefer(ONE, new Preferences(Set.of(Kind.MENTION), false));
    town.comment(post, 3, 1);
    assertThat(town.said(1)).containsExactly("comment by [3] of 1", "mention by [2] of 1");
  }

  @Test
  void takesBackWhatIsTakenBack() {
    long post = town.post(1);
    town.like(post, 2);
    town.settle();
    town.notifications.read(ONE, Long.MAX_VALUE);
    town.like(post, 3);
    assertThat(town.unread(1)).isEqualTo(1);
    town.unlike(post, 3);
    assertThat(town.said(1)).containsExactly("like by [2] of 1");
    assertThat(town.unread(1)).isZero();
    town.unlike(post, 2);
    assertThat(town.said(1)).isEmpty();
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
    assertThat(town.count("SELECT groups FROM notification_box WHERE recipient_id = 1")).isZero();
  }

  @Test
  void bringsAGroupWithNewsToTheTopUnread() {
    long old = town.post(1);
    long other = town.post(1);
    town.like(old, 2);
    town.like(other, 2);
    town.settle();
    town.notifications.read(ONE, Long.MAX_VALUE);
    town.like(old, 3);
    List<Notification> shown = town.shown(1);
    assertThat(shown).extracting(it -> it.post().orElseThrow().value()).containsExactly(old, other);
    assertThat(shown).extracting(Notification::isRead).containsExactly(false, true);
  }

  @Test
  void showsNoGroupTwiceToWhoWalks() {
    List<Long> posts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      posts.add(town.post(1));
      town.like(posts.getLast(), 2);
      town.settle();
    }
    town.like(posts.getFirst(), 3);
    town.settle();
    Page<Notification> top = town.notifications.page(ONE, Long.MAX_VALUE, 3);
    town.unlike(posts.getFirst(), 3);
    town.like(posts.get(4), 4);
    town.settle();
    Page<Notification> rest = town.notifications.page(ONE, top.next().orElseThrow(), 10);
    List<Long> walked = new ArrayList<>();
    top.items().forEach(it -> walked.add(it.post().orElseThrow().value()));
    rest.items().forEach(it -> walked.add(it.post().orElseThrow().value()));
    assertThat(walked).doesNotHaveDuplicates().containsAll(posts);
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void givesPlacesThatOnlyRiseWhateverTheClockSays() {
    long post = town.post(1);
    long other = town.post(1);
    town.sql("INSERT INTO notification_box (recipient_id, top) VALUES (1, ?)", Long.MAX_VALUE / 2);
    town.like(post, 2);
    town.like(other, 2);
    assertThat(town.shown(1))
        .extracting(Notification::id)
        .containsExactly(Long.MAX_VALUE / 2 + 2, Long.MAX_VALUE / 2 + 1);
    assertThat(town.shown(1))
        .extracting(it -> it.post().orElseThrow().value())
        .containsExactly(other, post);
  }

  @Test
  void marksAsReadForwardOnlyAndNotBeyondWhatThereIs() {
    long post = town.post(1);
    town.like(post, 2);
    town.settle();
    town.notifications.read(ONE, Long.MAX_VALUE);
    assertThat(town.unread(1)).isZero();
    town.notifications.read(ONE, 1);
    assertThat(town.unread(1)).isZero();
    town.comment(post, 2);
    assertThat(town.unread(1)).isEqualTo(1);
    town.told();
    town.notifications.read(ONE, Long.MAX_VALUE);
    town.notifications.read(ONE, Long.MAX_VALUE);
    assertThat(town.told()).containsExactly(List.of(1L));
  }

  @Test
  void tellsManyAtOnceAsOne() {
    long post = town.post(1);
    town.sql(
        "INSERT INTO notification (recipient_id, kind, subject_id, actor_id, deed_id)"
            + " SELECT 1, 'like', ?, 1000 + i, ? + i FROM generate_series(1, 3000) i",
        post,
        post);
    town.told();
    int passes = 0;
    while (town.settling.isWaiting()) {
      town.settling.runOnce();
      passes++;
    }
    assertThat(passes).isEqualTo(3);
    assertThat(town.told()).hasSize(3).allMatch(List.of(1L)::equals);
    assertThat(town.shown(1).getFirst().count()).isEqualTo(3_000);
    assertThat(town.unread(1)).isEqualTo(1);
  }

  /** The unlike is over, its task too, before the task of the like writes what it has seen. */
  @Test
  void looksAgainAfterItHasWritten() throws InterruptedException {
    long post = town.post(1);
    Thread liker = new Thread(() -> town.like(post, 2));
    town.jdbi.useTransaction(handle -> {
      handle.execute("LOCK TABLE notification IN EXCLUSIVE MODE");
      liker.start();
      await()
          .until(() ->
              town.count(
                      "SELECT count(*) FROM pg_locks WHERE NOT granted"
                          + " AND relation = 'notification'::regclass")
                  > 0);
      town.sql("UPDATE post_like SET removed = true");
    });
    liker.join();
    assertThat(town.said(1)).isEmpty();
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
  }

  @Test
  void leavesToTheNextPassWhatSomebodyIsChanging() {
    long post = town.post(1);
    town.like(post, 2);
    town.jdbi.useTransaction(handle -> {
      handle.execute("UPDATE notification SET removed = true");
      assertThat(town.settling.runOnce()).isFalse();
      assertThat(town.count("SELECT count(*) FROM notification_group")).isZero();
    });
    assertThat(town.said(1)).isEmpty();
  }
}
