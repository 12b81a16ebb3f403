package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.ranking.BestMembers.Member;
import io.freshet.ranking.PopularTags.Tag;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is computed, against the same computed here, row by row. */
class RankingsTest {
  private static final Instant NOW = Instant.parse("2026-05-31T12:00:00Z");
  private static final Duration MILLI = Duration.ofMillis(1);

  private final Database database = TestDatabase.open();
  private final QuestionRows rows = new QuestionRows(database.jdbi());
  private final MovableClock clock = new MovableClock();
  private final Rankings rankings =
      new Rankings(database.jdbi(), new HeapRankingCache(clock), clock);

  @AfterEach
  void close() {
    database.close();
  }

  private record Item(long author, Instant at, int score, boolean lives, Set<String> tags) {}

  @Test
  void ranksAsACountByHandDoes() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Instant now = NOW.plus(Duration.ofDays(400L * seed));
      List<Long> people = new ArrayList<>();
      Set<Long> removed = new HashSet<>();
      for (int i = 0; i < 80; i++) {
        boolean gone = random.nextInt(5) == 0;
        people.add(rows.account(now.minus(Duration.ofDays(random.nextInt(1, 999))), gone));
        if (gone) {
          removed.add(people.getLast());
        }
      }
      List<Item> questions = new ArrayList<>();
      List<Item> answers = new ArrayList<>();
      write(random, now, people, questions, answers);
      assertThat(rankings.popularTagsAt(now).tags()).isEqualTo(tags(now, questions));
      List<Item> both = new ArrayList<>(questions);
      both.addAll(answers);
      assertThat(rankings.bestMembersAt(now).members()).isEqualTo(members(now, both, removed));
    }
  }

  private void write(
      Random random, Instant now, List<Long> people, List<Item> questions, List<Item> answers) {
    for (int i = 0; i < 120; i++) {
      Instant asked = now.minus(Duration.ofHours(random.nextInt(24 * 130) - 24));
      Item question = item(random, people, asked);
      long id =
          rows.question(
              question.author(), asked, question.score(), !question.lives(), question.tags());
      questions.add(question);
      for (int a = random.nextInt(4); a > 0; a--) {
        Item answer =
            item(random, people, now.minus(Duration.ofHours(random.nextInt(24 * 10) - 24)));
        rows.answer(id, answer.author(), answer.at(), answer.score(), !answer.lives());
        boolean lives = answer.lives() && question.lives();
        answers.add(new Item(answer.author(), answer.at(), answer.score(), lives, Set.of()));
      }
    }
  }

  private static Item item(Random random, List<Long> people, Instant at) {
    Set<String> tags = new TreeSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      tags.add("tag" + (int) Math.abs(random.nextGaussian() * 10));
    }
    return new Item(
        people.get(random.nextInt(people.size())),
        at,
        random.nextInt(9) - 3,
        random.nextInt(6) > 0,
        tags);
  }

  private static List<Tag> tags(Instant now, List<Item> questions) {
    Instant since = now.atZone(ZoneOffset.UTC).minusMonths(3).toInstant();
    Map<String, Long> counts = new HashMap<>();
    for (Item question : questions) {
      if (question.lives() && !question.at().isBefore(since) && !question.at().isAfter(now)) {
        question.tags().forEach(tag -> counts.merge(tag, 1L, Long::sum));
      }
    }
    return counts.entrySet().stream()
        .map(entry -> new Tag(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Tag::questions).reversed().thenComparing(Tag::name))
        .limit(10)
        .toList();
  }

  private static List<Member> members(Instant now, List<Item> items, Set<Long> removed) {
    Instant since = now.minus(Duration.ofDays(7));
    Map<Long, Long> scores = new HashMap<>();
    for (Item item : items) {
      if (item.lives() && !item.at().isBefore(since) && !item.at().isAfter(now)) {
        scores.merge(item.author(), (long) item.score(), Long::sum);
      }
    }
    scores.keySet().removeAll(removed);
    return scores.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Member(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(Member::score).reversed().thenComparingLong(Member::account))
        .limit(PgRankings.SPARE)
        .toList();
  }

  @Test
  void countsThreeCalendarMonthsBackFromItsFirstMomentToNow() {
    long author = rows.account(NOW, false);
    // Three months before the 31st of May is the last day of February.
    Instant first = Instant.parse("2026-02-28T12:00:00Z");
    rows.question(author, first, 0, false, List.of("in", "first"));
    rows.question(author, first.minus(MILLI), 0, false, List.of("out", "before"));
    rows.question(author, NOW, 0, false, List.of("in", "last"));
    rows.question(author, NOW.plus(MILLI), 0, false, List.of("out", "after"));
    assertThat(rankings.popularTagsAt(NOW).tags())
        .containsExactly(new Tag("in", 2), new Tag("first", 1), new Tag("last", 1));
  }

  @Test
  void countsSevenDaysOfVotedItems() {
    Instant since = NOW.minus(Duration.ofDays(7));
    long young = rows.account(NOW, false);
    long old = rows.account(NOW.minus(Duration.ofDays(1)), false);
    long late = rows.account(NOW.minus(Duration.ofDays(2)), false);
    long even = rows.account(NOW.minus(Duration.ofDays(3)), false);
    long question = rows.question(young, since, 2, false, List.of());
    rows.question(young, since.minus(MILLI), 100, false, List.of());
    rows.question(young, NOW.plus(MILLI), 100, false, List.of());
    rows.answer(question, old, NOW, 2, false);
    rows.answer(question, late, since.minus(MILLI), 5, false);
    rows.answer(question, even, NOW, 3, false);
    rows.answer(question, even, NOW, -3, false);
    assertThat(rankings.bestMembersAt(NOW).members())
        .as("the older account first among equals; nobody with 0")
        .containsExactly(new Member(old, 2), new Member(young, 2));
  }

  @Test
  void countsNoAnswerToADeletedQuestion() {
    long author = rows.account(NOW, false);
    long question = rows.question(author, NOW, 5, true, List.of("gone"));
    rows.answer(question, author, NOW, 5, false);
    assertThat(rankings.bestMembersAt(NOW).members()).isEmpty();
    assertThat(rankings.popularTagsAt(NOW).tags()).isEmpty();
  }

  @Test
  void showsWhatWasComputedUntilItIsRenewed() {
    long author = rows.account(clock.instant(), false);
    rows.question(author, clock.instant(), 1, false, List.of("java"));
    assertThat(rankings.popularTags().tags()).hasSize(1);
    assertThat(rankings.bestMembers().members()).hasSize(1);
    Instant computed = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    rows.question(author, clock.instant(), 1, false, List.of("sql"));
    assertThat(rankings.popularTags())
        .isEqualTo(new PopularTags(computed, List.of(new Tag("java", 1))));
    rankings.refreshTags();
    rankings.refreshMembers();
    assertThat(rankings.popularTags().tags()).hasSize(2);
    assertThat(rankings.bestMembers())
        .isEqualTo(new BestMembers(clock.instant(), List.of(new Member(author, 2))));
  }

  @Test
  void computesAnewAfterItWasForgotten() {
    assertThat(rankings.popularTags().tags()).isEmpty();
    long author = rows.account(clock.instant(), false);
    rows.question(author, clock.instant(), 1, false, List.of("java"));
    rankings.forget();
    assertThat(rankings.popularTags().tags()).hasSize(1);
    assertThat(rankings.bestMembers().members()).hasSize(1);
  }
}
