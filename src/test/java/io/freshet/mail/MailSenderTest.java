package io.freshet.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mail.Mailbox.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is sent when, on a real PostgreSQL. */
@TestInstance(Lifecycle.PER_CLASS)
class MailSenderTest {
  private MailPost post;

  @BeforeAll
  void open() {
    post = new MailPost();
  }

  @AfterAll
  void close() {
    post.close();
  }

  @AfterEach
  void empty() {
    post.empty();
  }

  private List<String> subjects() {
    return post.sent.stream().map(letter -> letter.says().subject()).toList();
  }

  @Test
  void sendsTheFirstAtOnceAndFiftyInAMinuteAsOneDigest() {
    post.confirmed(1);
    for (int i = 1; i <= 50; i++) {
      post.mails.gather(1, i);
      post.work();
    }
    assertThat(subjects()).containsExactly("1 items");
    post.workFor(MailPost.DIGEST, Duration.ofMinutes(1));
    assertThat(subjects()).containsExactly("1 items", "49 items");
    post.workFor(Duration.ofHours(2), Duration.ofMinutes(10));
    assertThat(post.sent).hasSize(2);
    post.mails.gather(1, 51);
    post.work();
    assertThat(subjects()).containsExactly("1 items", "49 items", "1 items");
  }

  @Test
  void tellsEachItemOnceHoweverOftenItComes() {
    post.confirmed(1);
    assertThat(post.mails.gather(1, 5)).isTrue();
    assertThat(post.mails.gather(1, 5)).isFalse();
    post.work();
    assertThat(post.mails.gather(1, 5)).isFalse();
    post.workFor(Duration.ofHours(1), Duration.ofMinutes(10));
    assertThat(subjects()).containsExactly("1 items");
  }

  @Test
  void writesToConfirmedAddressesOfThoseWhoWantIt() {
    post.mails.set(1, "one@example.org");
    assertThat(post.mails.gather(1, 5)).isFalse();
    assertThat(post.mails.gather(2, 5)).isFalse();
    post.confirmed(3);
    post.mails.prefer(3, false);
    assertThat(post.mails.gather(3, 5)).isFalse();
    post.work();
    assertThat(post.sent)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.to()).isEqualTo("one@example.org");
          assertThat(letter.unsubscribe()).isEmpty();
          assertThat(letter.says().text()).contains("https://feed.example/mail/confirm?token=c1.");
        });
  }

  @Test
  void sendsNothingAnyMoreToWhoHasGone() {
    post.confirmed(1, 2, 3);
    for (long account = 1; account <= 3; account++) {
      post.mails.gather(account, 5);
    }
    post.mails.remove(1);
    post.mails.prefer(2, false);
    post.composer = mail -> Optional.empty();
    post.work();
    assertThat(post.tried).isEmpty();
    post.composer = mail -> Optional.of(new MailText("s", "t", "h"));
    post.mails.gather(3, 6);
    post.work();
    assertThat(post.sent).as("a mail that was not sent begins no pause").hasSize(1);
  }

  @Test
  void triesAgainUnderTheSameNameUntilTheServerIsBack() {
    post.confirmed(1);
    post.mails.gather(1, 5);
    post.server = letter -> new Sending.Later("451 later", false);
    post.workFor(Duration.ofHours(3), Duration.ofSeconds(30));
    assertThat(post.tried).hasSizeBetween(7, 14);
    post.server = letter -> new Sending.Sent();
    post.mails.gather(1, 6);
    post.workFor(Duration.ofHours(2), Duration.ofMinutes(5));
    assertThat(subjects()).containsExactlyInAnyOrder("1 items", "1 items");
    assertThat(post.tried.stream().map(Letter::id).distinct()).hasSize(2);
  }

  @Test
  void parksAfterADayAndTriesAgainWhenAsked() {
    post.confirmed(1);
    post.mails.gather(1, 5);
    post.server = letter -> new Sending.Later("451 later", false);
    post.workFor(Duration.ofHours(27), Duration.ofMinutes(10));
    long mail = post.tried.getFirst().id();
    assertThat(post.mails.backlog().parked(10))
        .singleElement()
        .satisfies(parked -> {
          assertThat(parked.id()).isEqualTo(mail);
          assertThat(parked.error()).isEqualTo("451 later");
        });
    assertThat(post.mails.backlog().waiting()).isZero();
    post.server = letter -> new Sending.Sent();
    assertThat(post.mails.backlog().retry(mail + 1)).isZero();
    assertThat(post.mails.backlog().retry(mail)).isEqualTo(1);
    post.work();
    assertThat(post.sent).hasSize(1);
    assertThat(post.mails.backlog().parkedCount()).isZero();
  }

  @Test
  void doesNotParkWhatWaitedForAServerThatWasAway() {
    post.confirmed(1);
    post.mails.gather(1, 5);
    post.clock.advance(Duration.ofDays(3));
    assertThat(post.mails.backlog().oldestSeconds()).isEqualTo(3 * 86_400);
    post.server = letter -> new Sending.Later("421 closing", true);
    post.work();
    assertThat(post.mails.backlog().parkedCount()).isZero();
  }

  @Test
  void leavesAServerThatFailsAloneForAWhile() {
    post.confirmed(1, 2, 3, 4, 5);
    for (long account = 1; account <= 5; account++) {
      post.mails.gather(account, 5);
    }
    post.server = letter -> new Sending.Later("no connection", true);
    post.work();
    assertThat(post.tried).hasSize(1);
    post.work();
    assertThat(post.tried).hasSize(2);
    post.work();
    assertThat(post.tried).as("it rests twice as long").hasSize(2);
  }

  @Test
  void marksAnAddressThatIsNoneAndWritesThereNoMore() {
    post.confirmed(1, 2);
    post.mails.gather(1, 5);
    post.mails.gather(2, 5);
    post.server =
        letter -> letter.account() == 1 ? new Sending.NoMailbox("550 who?") : new Sending.Sent();
    post.work();
    assertThat(post.sent).hasSize(1);
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.BOUNCING);
    assertThat(post.mails.gather(1, 6)).isFalse();
    post.mails.set(1, "u1@example.org");
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.UNCONFIRMED);
  }

  @Test
  void parksAtOnceWhatTheServerRefusesForGood() {
    post.confirmed(1);
    post.mails.gather(1, 5);
    post.server = letter -> new Sending.Refused("554 no");
    post.work();
    assertThat(post.mails.backlog().parkedCount()).isEqualTo(1);
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.CONFIRMED);
  }

  @Test
  void sendsAgainWhatASenderTookAndDiedWith() {
    post.confirmed(1);
    post.mails.gather(1, 5);
    post.server =
        letter -> {
          throw new OutOfMemoryError("killed");
        };
    org.assertj.core.api.Assertions.assertThatThrownBy(post::work)
        .isInstanceOf(OutOfMemoryError.class);
    post.mails.gather(1, 6);
    post.server = letter -> new Sending.Sent();
    post.restart();
    post.work();
    assertThat(post.sent).isEmpty();
    post.workFor(MailPost.DIGEST, Duration.ofMinutes(1));
    assertThat(subjects()).containsExactly("1 items", "1 items");
    assertThat(post.sent.getFirst().id()).isEqualTo(post.tried.getFirst().id());
  }

  @Test
  void letsNobodySendWhatAnotherTookOverWhileTheySlept() {
    post.confirmed(1);
    post.mails.gather(1, 10);
    PgMails table = new PgMails(post.jdbi, post.ids);
    Instant now = post.clock.instant();
    Waiting slept = table.claim(now, now.plusSeconds(1)).orElseThrow();
    Waiting took = table.claim(now.plusSeconds(1), now.plusSeconds(99)).orElseThrow();
    assertThat(took.id()).isEqualTo(slept.id());
    assertThat(table.begin(took, now.plusSeconds(1), MailPost.DIGEST)).isTrue();
    assertThat(table.begin(slept, now.plusSeconds(2), MailPost.DIGEST)).isFalse();
  }

  @Test
  void keepsAMailThatCannotBeWrittenFromTheOthers() {
    post.confirmed(1, 2);
    post.mails.gather(1, 5);
    post.mails.gather(2, 6);
    Composer good = post.composer;
    post.composer =
        mail -> {
          if (mail.account() == 1) {
            throw new IllegalStateException("a fault of ours");
          }
          return good.compose(mail);
        };
    post.work();
    assertThat(post.sent).singleElement().extracting(Letter::account).isEqualTo(2L);
    post.workFor(Duration.ofHours(27), Duration.ofMinutes(10));
    assertThat(post.mails.backlog().parkedCount()).isEqualTo(1);
  }

  @Test
  void severalSendersSendEachOnce() throws Exception {
    long[] all = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    post.confirmed(all);
    for (long account : all) {
      post.mails.gather(account, 5);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        MailSender sender = post.another();
        done.add(
            threads.submit(() -> {
              for (int step = 0; step < 200; step++) {
                sender.runOnce();
                post.clock.advance(Duration.ofMillis(1));
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertThat(post.sent)
        .extracting(Letter::account)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void asksAnAddressThreeTimesADayWhoeverAsks() {
    for (long account = 1; account <= 5; account++) {
      post.mails.set(account, "victim@example.org");
      post.work();
    }
    assertThat(post.sent).hasSize(3);
    post.mails.remove(1);
    post.mails.set(1, "victim@example.org");
    post.work();
    assertThat(post.sent).hasSize(3);
    post.clock.advance(Duration.ofHours(25));
    while (post.mails.sweep(1)) {
      // again
    }
    post.mails.set(1, "victim@example.org");
    post.work();
    assertThat(post.sent).hasSize(4);
  }

  @Test
  void asksAnAddressThreeTimesHoweverItIsSpeltAndHoweverManyDoAtOnce() throws Exception {
    List<String> spellings = List.of("eve%d@example.org", "Eve%d@example.org", "EVE%d@example.org");
    int addresses = 20;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < addresses; i++) {
        List<Future<?>> all = new ArrayList<>();
        for (int account = 1; account <= 9; account++) {
          long asker = account;
          String address = spellings.get(account % 3).formatted(i);
          all.add(threads.submit(() -> post.mails.set(asker, address)));
        }
        for (Future<?> each : all) {
          each.get();
        }
      }
    }
    assertThat(post.asked()).isEqualTo(3L * addresses);
  }

  @Test
  void confirmsByTheLinkThatWasSentAndEndsByAnother() {
    post.mails.set(1, "one@example.org");
    post.work();
    String link = post.sent.getFirst().says().text();
    String token = link.substring(link.indexOf("token=") + 6).split("\\s")[0];
    post.mails.set(2, "two@example.org");
    assertThat(post.mails.confirm(token.replaceFirst("c1", "c2"))).isFalse();
    assertThat(post.mails.isConfirmation(token)).isTrue();
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.UNCONFIRMED);
    assertThat(post.mails.confirm(token)).isTrue();
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.CONFIRMED);
    post.mails.set(1, "one@example.org");
    assertThat(post.mails.mailbox(1).orElseThrow().state()).isEqualTo(State.CONFIRMED);
    post.mails.set(1, "other@example.org");
    assertThat(post.mails.confirm(token)).isFalse();
    String ends = post.mails.unsubscribeLink(2).split("token=")[1];
    assertThat(post.mails.unsubscribe(ends)).isTrue();
    assertThat(post.mails.unsubscribe(ends)).isTrue();
    assertThat(post.mails.mailbox(2).orElseThrow().answers()).isFalse();
    assertThat(post.mails.unsubscribe("nonsense")).isFalse();
  }

  @Test
  void erasesAllOfAnAccount() {
    post.confirmed(1, 2);
    for (int i = 1; i <= 5; i++) {
      post.mails.gather(1, i);
      post.mails.gather(2, i);
    }
    post.work();
    post.mails.kept().send(post.sent.getFirst());
    while (post.mails.eraseOf(1, 2)) {
      // again
    }
    for (String table : List.of("mail", "mail_item", "mail_address", "mail_kept")) {
      long left =
          post.jdbi.withHandle(handle ->
              handle
                  .createQuery("SELECT count(*) FROM " + table + " WHERE account_id = 1")
                  .mapTo(Long.class)
                  .one());
      assertThat(left).as(table).isZero();
    }
    post.workFor(Duration.ofMinutes(20), Duration.ofMinutes(1));
    assertThat(post.sent.getLast().account()).isEqualTo(2);
  }
}
