package io.freshet.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.mail.Letter;
import io.freshet.mail.Links;
import io.freshet.mail.MailSender;
import io.freshet.mail.Mails;
import io.freshet.mail.Sending;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Json;
import io.freshet.question.AnswerAdded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Who is mailed of which answers, and what the mail says; mails are stepped. */
@TestInstance(Lifecycle.PER_CLASS)
class AnswerMailsTest {
  private static final Duration DIGEST = Duration.ofMinutes(15);

  private final List<Letter> sent = new ArrayList<>();
  private NotificationFixture town;
  private Mails mails;
  private AnswerMails answers;
  private MailSender sender;

  @BeforeAll
  void open() {
    town = new NotificationFixture();
    Outbox outbox = new Outbox(town.jdbi, town.outboxStore);
    Accounts accounts =
        new Accounts(
            town.jdbi, outbox, new Passwords(), town.ids, town.clock, Invalidations.none());
    byte[] secret = "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    Links links = new Links("https://feed.example");
    mails = new Mails(town.jdbi, town.ids, secret, links, true, town.clock);
    answers = new AnswerMails(town.jdbi, accounts, mails, town.clock);
    sender =
        mails.sender(
            letter -> {
              sent.add(letter);
              return new Sending.Sent();
            },
            answers,
            id -> Optional.empty(),
            new MailSender.Plan(DIGEST, 100_000, Duration.ofHours(24)));
  }

  @AfterAll
  void close() {
    town.close();
  }

  @AfterEach
  void empty() {
    town.empty();
    town.sql("TRUNCATE mail, mail_item, mail_address, mail_kept");
    sent.clear();
  }

  private long asked() {
    mails.vouch(1, "one@example.org");
    return town.question(1);
  }

  private long answer(long question, long author) {
    long answer = town.answer(question, author);
    tell(answer, question);
    return answer;
  }

  private void tell(long answer, long question) {
    byte[] body = Json.bytes(new AnswerAdded(answer, question));
    Objects.requireNonNull(answers.handlers().get(AnswerMails.TOPIC)).handle(body);
  }

  private void work(Duration time) {
    town.clock.advance(time);
    while (sender.runOnce()) {
      town.clock.advance(Duration.ofMillis(10));
    }
  }

  private void work() {
    work(Duration.ofSeconds(1));
  }

  @Test
  void mailsTheFirstAnswerAtOnceAndTheOthersTogether() {
    long question = asked();
    long first = answer(question, 2);
    work();
    assertThat(sent)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.to()).isEqualTo("one@example.org");
          assertThat(letter.says().subject()).isEqualTo("U answered \"Why?\"");
          assertThat(letter.says().text())
              .contains("Because.")
              .contains("https://feed.example/questions/" + question + "#answer-" + first)
              .contains(letter.unsubscribe().orElseThrow());
          assertThat(letter.says().html()).contains("Because.").contains("#answer-" + first);
        });
    for (int i = 0; i < 49; i++) {
      answer(question, 2 + i % 7);
    }
    work(DIGEST);
    work(Duration.ofHours(1));
    assertThat(sent).hasSize(2);
    assertThat(sent.getLast().says().subject()).isEqualTo("49 new answers to your questions");
    assertThat(sent.getLast().says().text()).contains("... and 29 more.");
  }

  @Test
  void mailsAnEventThatComesTwiceOnce() {
    long question = asked();
    long answer = answer(question, 2);
    tell(answer, question);
    work();
    tell(answer, question);
    work(DIGEST);
    assertThat(sent).hasSize(1);
  }

  @Test
  void mailsNobodyOfTheirOwnAnswersOrOfWhomTheyDoNotHear() {
    long question = asked();
    mails.vouch(2, "two@example.org");
    answer(question, 1);
    town.mute(1, 3);
    answer(question, 3);
    town.restrict(1, 4);
    answer(question, 4);
    town.restrict(5, 1);
    answer(question, 5);
    work();
    assertThat(sent).isEmpty();
    assertThat(town.count("SELECT count(*) FROM mail")).isZero();
  }

  @Test
  void looksAgainWhenTheDigestGoesOut() {
    long question = asked();
    answer(question, 2);
    work();
    long gone = answer(question, 3);
    answer(question, 4);
    answer(question, 5);
    town.deleteAnswer(gone);
    town.mute(1, 4);
    work(DIGEST);
    assertThat(sent).hasSize(2);
    assertThat(sent.getLast().says().subject()).isEqualTo("U answered \"Why?\"");
    answer(question, 6);
    town.deleteQuestion(question);
    work(DIGEST);
    assertThat(sent).hasSize(2);
  }

  @Test
  void doesNotMailWhatIsOld() {
    long question = asked();
    long answer = town.answer(question, 2);
    town.clock.advance(Duration.ofDays(20));
    tell(answer, question);
    work();
    assertThat(sent).isEmpty();
  }

  @Test
  void quotesWithoutMarkupAndEscapes() {
    long question = asked();
    town.sql(
        "UPDATE question SET title = ? WHERE id = ?", "A\r\nBcc: <b>all</b>@example.org", question);
    long answer = town.answer(question, 2);
    town.sql(
        "UPDATE answer SET body = ? WHERE id = ?",
        "**Bold** <script>alert(1)</script> [link](javascript:x)",
        answer);
    tell(answer, question);
    work();
    Letter letter = sent.getFirst();
    assertThat(letter.says().subject()).isEqualTo("U answered \"A Bcc: <b>all</b>@example.org\"");
    assertThat(letter.says().html())
        .doesNotContain("<b>all")
        .doesNotContain("<script>")
        .doesNotContain("javascript:")
        .contains("Bold");
  }
}
