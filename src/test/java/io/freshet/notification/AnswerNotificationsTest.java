package io.freshet.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.notification.Notice.What;
import io.freshet.platform.Ids;
import io.freshet.post.PostId;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Who asks is told of answers, and who answers of the acceptance. */
@TestInstance(Lifecycle.PER_CLASS)
class AnswerNotificationsTest {
  private NotificationFixture town;

  @BeforeAll
  void open() {
    town = new NotificationFixture();
  }

  @AfterAll
  void close() {
    town.close();
  }

  @AfterEach
  void empty() {
    town.empty();
  }

  @Test
  void tellsWhoAskedOfAnswersButNotOfTheirOwn() {
    long question = town.question(1);
    town.answer(question, 2);
    long newest = town.answer(question, 3);
    town.answer(question, 1);
    assertThat(town.said(1)).containsExactly("answer by [3, 2] of 2");
    Notification shown = town.shown(1).getFirst();
    assertThat(shown.post()).contains(new PostId(question));
    assertThat(shown.answer()).isEqualTo(OptionalLong.of(newest));
    assertThat(shown.comment()).isEmpty();
    assertThat(town.unread(1)).isEqualTo(1);
  }

  @Test
  void takesBackAnAnswerThatIsGone() {
    long question = town.question(1);
    long first = town.answer(question, 2);
    long second = town.answer(question, 2);
    town.deleteAnswer(second);
    assertThat(town.shown(1).getFirst().answer()).isEqualTo(OptionalLong.of(first));
    town.deleteAnswer(first);
    assertThat(town.said(1)).isEmpty();
  }

  @Test
  void tellsTheAuthorOfTheAcceptedAnswerAlone() {
    long question = town.question(1);
    long first = town.answer(question, 2);
    long second = town.answer(question, 3);
    town.accept(question, first);
    assertThat(town.said(2)).containsExactly("accepted by [1] of 1");
    assertThat(town.shown(2).getFirst().answer()).isEmpty();
    town.accept(question, second);
    assertThat(town.said(2)).isEmpty();
    assertThat(town.said(3)).containsExactly("accepted by [1] of 1");
    town.deleteAnswer(second);
    assertThat(town.said(3)).isEmpty();
    town.accept(question, town.answer(question, 1));
    assertThat(town.said(1)).noneMatch(text -> text.startsWith("accepted"));
  }

  @Test
  void datesAnAcceptanceByItselfAndOnce() {
    long question = town.question(1);
    long answer = town.answer(question, 2);
    town.clock.advance(Duration.ofDays(100));
    town.accept(question, answer);
    Notification told = town.shown(2).getFirst();
    assertThat(told.at()).isAfter(Ids.instantOf(answer).plus(Duration.ofDays(99)));
    town.notifications.read(new AccountId(2), told.id());
    town.clock.advance(Duration.ofHours(1));
    town.look(What.ANSWER, answer, 0);
    assertThat(town.unread(2)).isZero();
    assertThat(town.shown(2).getFirst().at()).isEqualTo(told.at());
  }

  @Test
  void forgetsAllOfADeletedQuestion() {
    long question = town.question(1);
    town.accept(question, town.answer(question, 2));
    town.deleteQuestion(question);
    assertThat(town.said(1)).isEmpty();
    assertThat(town.said(2)).isEmpty();
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
  }

  @Test
  void tellsNobodyWhatTheyDoNotWantOrSee() {
    long question = town.question(1);
    town.mute(1, 2);
    town.answer(question, 2);
    town.restrict(1, 3);
    town.answer(question, 3);
    town.notifications.prefer(new AccountId(1), new Preferences(Set.of(Kind.ANSWER), false));
    town.answer(question, 4);
    town.notifications.prefer(new AccountId(5), new Preferences(Set.of(Kind.ACCEPTED), false));
    town.accept(question, town.answer(question, 5));
    assertThat(town.count("SELECT count(*) FROM notification")).isZero();
  }
}
