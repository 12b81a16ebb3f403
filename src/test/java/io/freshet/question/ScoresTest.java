package io.freshet.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.live.Publisher;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Replica;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PgPostStore;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import io.freshet.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Scores and numbers of answers equal the rows they count once all events are worked, however
 * often, late and out of order that was; and the tags' numbers of questions at any time.
 */
class ScoresTest {
  private static final int PEOPLE = 5;
  private static final int STEPS = 150;
  private static final int SEEDS = 8;

  private static final Database DATABASE = TestDatabase.open();
  private static final Jdbi JDBI = DATABASE.jdbi();

  private final Ids ids = new Ids(InstantSource.system(), 0);
  private final AskedAndAnswered asked = asked();
  private final Map<String, TaskHandler> handlers =
      new QuestionWorker(asked, Publisher.toNobody()).handlers();
  private final List<Question> questions = new ArrayList<>();
  private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
  private Random random = new Random(0);

  private AskedAndAnswered asked() {
    InstantSource clock = InstantSource.system();
    Outbox outbox = new Outbox(JDBI, new PgOutboxStore(JDBI, ids, clock));
    PostStore store = new PgPostStore(JDBI, outbox);
    AuthorFeeds feeds = new AuthorFeeds(store, 100, Invalidations.none());
    Posts posts = new Posts(store, feeds, ids, clock, Invalidations.none());
    return AskedAndAnswered.on(
        JDBI, Replica.none(JDBI), outbox, posts, ids, clock, Invalidations.none());
  }

  @BeforeAll
  static void open() {
    JDBI.useHandle(handle ->
        handle.execute(
            "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, ?) i",
            PEOPLE));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void empty() {
    JDBI.useHandle(handle -> handle.execute("TRUNCATE post, outbox, vote, tag CASCADE"));
    questions.clear();
    answers.clear();
  }

  private AccountId somebody() {
    return new AccountId(1 + random.nextInt(PEOPLE));
  }

  private Question ask() {
    List<String> tags = random.ints(random.nextInt(4), 0, 5).mapToObj(i -> "tag" + i).toList();
    Wording wording = new Wording("A question", "a body", tags);
    Question question = asked.questions().ask(somebody(), wording, Optional.empty()).question();
    questions.add(question);
    return question;
  }

  private void answer(Question question) {
    try {
      answers.add(
          asked.answers().add(somebody(), question.id(), "an answer", Optional.empty()).answer());
    } catch (QuestionException gone) {
      assertThat(gone.problem()).isEqualTo(QuestionException.Problem.NOT_FOUND);
    }
  }

  private void vote(Votable item) {
    AccountId voter = somebody();
    if (voter.equals(item.author())) {
      return;
    }
    if (random.nextInt(4) == 0) {
      asked.votes().remove(voter, item);
    } else {
      asked.votes().put(voter, item, random.nextBoolean() ? 1 : -1);
    }
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void act() {
    if (questions.size() < 3) {
      ask();
    }
    Question question = any(questions);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> answer(question);
      case 3, 4 -> vote(question.votable());
      case 5, 6 ->
          answers.stream()
              .skip(answers.size() / 2)
              .findFirst()
              .map(Answer::votable)
              .ifPresent(this::vote);
      case 7 -> accept();
      case 8 -> delete();
      default -> edit(question);
    }
  }

  private void accept() {
    if (!answers.isEmpty()) {
      Answer answer = any(answers);
      questions.stream()
          .filter(question -> question.id().equals(answer.question()))
          .findFirst()
          .ifPresent(question -> {
            try {
              asked.answers().accept(question.author(), answer.id(), random.nextBoolean());
            } catch (QuestionException gone) {
              assertThat(gone.problem()).isEqualTo(QuestionException.Problem.NOT_FOUND);
            }
          });
    }
  }

  private void delete() {
    if (random.nextInt(4) == 0) {
      Question question = questions.remove(random.nextInt(questions.size()));
      asked.questions().delete(question.author(), question.id());
    } else if (!answers.isEmpty()) {
      Answer answer = answers.remove(random.nextInt(answers.size()));
      try {
        asked.answers().delete(answer.author(), answer.id());
      } catch (QuestionException goneWithItsQuestion) {
        assertThat(asked.answers().find(answer.id())).isEmpty();
      }
    }
  }

  private void edit(Question question) {
    List<String> tags = random.ints(random.nextInt(4), 0, 5).mapToObj(i -> "tag" + i).toList();
    asked.questions().edit(question.author(), question.id(), new Wording("Again?", "b", tags));
  }

  private record Event(long id, String topic, byte[] body) {}

  /** Works a waiting event, any of them, sometimes without taking it away. */
  private boolean deliver(boolean isLast) {
    List<Event> waiting =
        JDBI.withHandle(handle ->
            handle
                .createQuery("SELECT id, topic, body FROM outbox")
                .map((row, context) -> new Event(row.getLong(1), row.getString(2), row.getBytes(3)))
                .list());
    if (waiting.isEmpty()) {
      return false;
    }
    Event event = any(waiting);
    work(event.topic(), event.body());
    if (isLast || random.nextInt(3) > 0) {
      JDBI.useHandle(handle -> handle.execute("DELETE FROM outbox WHERE id = ?", event.id()));
    }
    return true;
  }

  private void work(String topic, byte[] body) {
    Deque<Task> tasks =
        new ArrayDeque<>(List.of(new Task(topic, io.freshet.queue.Lane.EVENTS, body)));
    while (!tasks.isEmpty()) {
      Task task = tasks.poll();
      TaskHandler handler = handlers.get(task.topic());
      if (handler != null) {
        tasks.addAll(handler.handle(task.body()));
      }
    }
  }

  @Test
  void equalTheRowsHoweverEventsAreWorked() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      empty();
      random = new Random(seed);
      for (int i = 0; i < STEPS; i++) {
        if (random.nextInt(3) == 0) {
          deliver(false);
        } else {
          act();
        }
      }
      workAll();
      assertThat(differences()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void equalTheRowsWhileManyVoteAtOnce() throws Exception {
    Question question = ask();
    answer(question);
    List<Votable> items = List.of(question.votable(), answers.getFirst().votable());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> people = new ArrayList<>();
      for (long account = 1; account <= PEOPLE; account++) {
        AccountId voter = new AccountId(account);
        Random acts = new Random(account);
        people.add(
            threads.submit(() -> {
              for (int i = 0; i < 40; i++) {
                Votable item = items.get(acts.nextInt(2));
                if (acts.nextInt(3) == 0) {
                  asked.votes().remove(voter, item);
                } else if (!item.author().equals(voter)) {
                  asked.votes().put(voter, item, acts.nextBoolean() ? 1 : -1);
                }
                asked.scores().settle(item.item());
              }
            }));
      }
      for (Future<?> person : people) {
        person.get();
      }
    }
    items.forEach(item -> asked.scores().settle(item.item()));
    asked.scores().settle(question.id().value());
    assertThat(differences()).isEmpty();
  }

  /** Whoever answers and deletes at once: no answer outlives its question. */
  @Test
  void goWithAQuestionThatIsDeletedWhileItIsAnswered() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 30; round++) {
        Question question = ask();
        questions.clear();
        List<Future<?>> both = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          both.add(threads.submit(() -> answer(question)));
        }
        both.add(threads.submit(() -> asked.questions().delete(question.author(), question.id())));
        for (Future<?> each : both) {
          each.get();
        }
      }
    }
    long left =
        JDBI.withHandle(handle ->
            handle
                .createQuery("SELECT count(*) FROM answer WHERE deleted_at IS NULL")
                .mapTo(Long.class)
                .one());
    assertThat(left).isZero();
    workAll();
    assertThat(differences()).isEmpty();
  }

  @Test
  void findAllAnswersOfAQuestionInAnIndex() {
    for (String statement :
        List.of(
            "UPDATE answer SET body = '' WHERE question_id = 1",
            "SELECT id FROM answer a WHERE a.question_id = ANY ('{1,2}')")) {
      String plan =
          JDBI.inTransaction(handle -> {
            handle.execute("SET LOCAL enable_seqscan = off");
            return String.join(
                "\n", handle.createQuery("EXPLAIN " + statement).mapTo(String.class).list());
          });
      assertThat(plan)
          .as("an index that lacks the deleted ones will not do")
          .contains("answer_of_question");
    }
  }

  @Test
  void areCountedAnewWhenTheyAreWrong() {
    Question question = ask();
    answer(question);
    Answer answer = answers.getFirst();
    AccountId voter = new AccountId(question.author().value() % PEOPLE + 1);
    asked.votes().put(voter, question.votable(), -1);
    JDBI.useHandle(handle -> {
      handle.execute("UPDATE question_count SET score = 9, answers = 4");
      handle.execute("UPDATE answer SET score = 7, counted = false");
      handle.execute("UPDATE vote SET counted = 1");
    });
    assertThat(differences()).isNotEmpty();
    asked.scores().recountQuestion(question.id().value());
    asked.scores().recountAnswer(answer.id().value());
    assertThat(differences()).isEmpty();
  }

  private static List<Long> of(List<Question> questions) {
    return questions.stream().map(question -> question.id().value()).toList();
  }

  /** Each kind of change alone: the next would have forgotten what this one left. */
  @Test
  void areRememberedUntilTheyChange() {
    Question question = ask();
    AccountId other = new AccountId(question.author().value() % PEOPLE + 1);
    answer(question);
    workAll();
    List<Runnable> changes =
        List.of(
            () -> asked.votes().put(other, question.votable(), 1),
            () -> asked.answers().accept(question.author(), answers.getFirst().id(), true),
            () -> answer(question),
            () -> asked.answers().delete(answers.getFirst().author(), answers.getFirst().id()),
            () -> asked.questions().delete(question.author(), question.id()));
    for (Runnable change : changes) {
      Map<Long, Summary> before = asked.scores().summaries(of(questions));
      change.run();
      workAll();
      assertThat(asked.scores().summaries(of(questions))).isNotEqualTo(before);
      assertThat(differences()).isEmpty();
    }
  }

  private void workAll() {
    while (deliver(true)) {
      // until all events are worked
    }
  }

  private List<String> differences() {
    List<String> different = new ArrayList<>(differencesInTheDatabase());
    List<Long> all = of(questions);
    Map<Long, Summary> remembered = asked.scores().summaries(all);
    asked.scores().forgetAll();
    Map<Long, Summary> stored = asked.scores().summaries(all);
    all.stream()
        .filter(id -> !Objects.equals(remembered.get(id), stored.get(id)))
        .map(id -> id + ": " + remembered.get(id) + " is remembered of " + stored.get(id))
        .forEach(different::add);
    return different;
  }

  private static List<String> differencesInTheDatabase() {
    return JDBI.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT 'question ' || c.question_id FROM question_count c
                WHERE c.score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = c.question_id)
                   OR c.answers <> (SELECT count(*) FROM answer a WHERE a.question_id = c.question_id AND a.deleted_at IS NULL)
                UNION ALL
                SELECT 'answer ' || a.id FROM answer a WHERE a.deleted_at IS NULL
                   AND a.score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = a.id)
                UNION ALL
                SELECT 'tag ' || t.name FROM tag t
                WHERE t.questions <> (SELECT count(*) FROM question_tag WHERE tag = t.name)
                UNION ALL
                SELECT 'vote on nothing ' || item_id FROM vote v
                WHERE NOT EXISTS (SELECT FROM question_count WHERE question_id = v.item_id)
                  AND NOT EXISTS (SELECT FROM answer WHERE id = v.item_id AND deleted_at IS NULL)
                UNION ALL
                SELECT 'vote taken back ' || item_id FROM vote WHERE value = 0 OR value <> counted
                UNION ALL
                SELECT 'hot ' || question_id FROM question_count WHERE hot = 0
                """)
            .mapTo(String.class)
            .list());
  }
}
