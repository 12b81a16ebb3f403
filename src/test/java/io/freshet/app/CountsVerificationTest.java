package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.app.CountsVerification.Report;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.post.PostId;
import io.freshet.question.Answer;
import io.freshet.question.Question;
import io.freshet.question.Wording;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountsVerificationTest {
  @TempDir private Path home = Path.of("");

  private final Database database = TestDatabase.open();
  private Core core = core(Path.of("target", "unused"));

  private Core core(Path directory) {
    FreshetConfig config =
        FreshetConfig.load(Map.of("FRESHET_HOME", directory.toString()), Map.of());
    return new Core(config, database, Optional.empty(), InstantSource.system());
  }

  @BeforeEach
  void fill() {
    core = core(home);
    execute(
        "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 700) i");
    execute(
        "INSERT INTO post (id, author_id, text) SELECT i, 1, 'a post' FROM generate_series(1001, 1700) i");
    for (long account = 1; account <= 3; account++) {
      core.interactions.likes().put(new AccountId(account), new PostId(1650));
    }
    core.interactions
        .comments()
        .add(new AccountId(2), new PostId(1650), "a comment", Optional.empty());
    core.interactions.counts().settle(1650);
    core.follows.follow(new AccountId(1), new AccountId(600));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private Report verify(boolean repair) {
    return new CountsVerification(core, () -> true).run(repair, Progress.SILENT);
  }

  private void assertRepaired(String where, String what) {
    Report report = verify(true);
    assertThat(report.examples()).isEqualTo(Map.of(where, what));
    assertThat(report.repaired()).isEqualTo(1);
    assertThat(verify(false).differences()).isZero();
    core.interactions.counts().settle(1650);
    assertThat(verify(false).differences()).isZero();
  }

  @Test
  void comparesEveryPostAndAccountOverManyBatches() {
    assertThat(verify(false)).isEqualTo(new Report(700, 0, 0, 700, 0, 0, Map.of()));
  }

  @Test
  void findsCountersThatSayTooMuchOrTooLittle() {
    execute("UPDATE post_count SET likes = 5, comments = 0");
    assertRepaired("post 1650", "likes says 5, there are 3, comments says 0, there are 1");
  }

  @Test
  void findsRowsThatACounterNeverTookIn() {
    execute("INSERT INTO post_like (post_id, account_id, id) VALUES (1001, 9, 77)");
    assertRepaired("post 1001", "likes says 0, there are 1, 1 not counted yet");
  }

  @Test
  void findsRowsThatAreCountedThoughTheyDoNotSaySo() {
    execute("UPDATE post_like SET counted = false WHERE account_id = 1");
    assertRepaired("post 1650", "1 not counted yet");
  }

  @Test
  void findsFollowersThatAreNot() {
    execute("UPDATE follow_count SET followers = 4 WHERE account_id = 600");
    assertRepaired("account 600", "followers says 4, there are 1");
  }

  @Test
  void findsScoresAndNumbersOfAnswersThatAreWrong() {
    Question question =
        core.asked
            .questions()
            .ask(new AccountId(1), new Wording("A question", "b", List.of()), Optional.empty())
            .question();
    Answer answer =
        core.asked
            .answers()
            .add(new AccountId(2), question.id(), "an answer", Optional.empty())
            .answer();
    core.asked.votes().put(new AccountId(3), answer.votable(), 1);
    core.asked.scores().settle(question.id().value());
    core.asked.scores().settle(answer.id().value());
    assertThat(verify(false).differences()).isZero();
    execute("UPDATE question_count SET score = 2, answers = 3");
    assertRepaired(
        "question " + question.id(), "score says 2, there are 0, answers says 3, there are 1");
    execute("UPDATE answer SET score = 9");
    assertRepaired("answer " + answer.id(), "score says 9, there are 1");
  }

  @Test
  void doesNotMindDeletedPosts() {
    execute("UPDATE post SET deleted_at = now(), text = '' WHERE id = 1650");
    assertThat(verify(false).differences()).isZero();
  }
}
