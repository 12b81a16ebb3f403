package io.freshet.app.bulk;

import io.freshet.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who asks, answers and votes how much and when in a town of questions: a few much, most little. It
 * keeps some 40 bytes an answer; all else is drawn by number when it is asked for.
 */
final class QuestionPlan {
  private static final Duration SPAN = Duration.ofDays(730);
  private static final Duration LAST_WEEK = Duration.ofDays(7);

  /** Enough in the last week that its ranking is worth looking at. */
  private static final double OF_LAST_WEEK = 0.1;

  private static final int ANSWERS_EACH = 10;
  private static final double WITHOUT_ANSWER = 0.12;
  private static final int QUESTION_VOTES_EACH = 8;
  private static final int ANSWER_VOTES_EACH = 12;
  private static final double VOTED_DOWN = 0.04;
  private static final int MOST_TAGS = 5;

  /** Exponent and end of the power law of answers and votes. */
  private static final double EXPONENT = -0.6;

  private static final double MOST_WEIGHT = 400;
  private static final int INDEX_BITS = 26;
  private static final int MILLI_SLOTS = 16;
  private static final long NODE = (long) (Ids.NODES - 1) << 12;

  final int people;
  final int questions;
  final int tags;
  final int[] answersOf;
  final int[] questionVotes;
  final int[] answerVotes;
  private final Mix mix;
  private final Instant now;
  private final PastIds accountIds;
  private final PastIds earlier;
  private final PastIds lately;
  private final double[] tagWeights;
  private final long[] answerIds;
  private final int[] answered;
  private final BitSet accepted = new BitSet();

  QuestionPlan(long seed, Instant now, int questions) {
    this.mix = new Mix(seed, 3);
    this.now = now;
    this.questions = questions;
    this.people = Math.max(20, questions / 10);
    this.tags = Math.max(10, questions / 10);
    int salt = Math.floorMod(now.toEpochMilli(), PastIds.SALTS);
    int lastWeek = (int) (questions * OF_LAST_WEEK);
    Instant first = now.minus(SPAN);
    this.accountIds = PastIds.over(first.minus(SPAN), SPAN.minusDays(1), people, salt);
    this.earlier = PastIds.over(first, SPAN.minus(LAST_WEEK), questions - lastWeek, salt);
    this.lately = PastIds.over(now.minus(LAST_WEEK), LAST_WEEK.minusMinutes(1), lastWeek, salt);
    int most = people - 2;
    this.answersOf =
        Portions.deal(
            questions,
            i -> mix.share(6L * i) < WITHOUT_ANSWER ? 0 : weight(6L * i + 1),
            (long) ANSWERS_EACH * questions,
            Integer.MAX_VALUE);
    int answers = Arrays.stream(answersOf).sum();
    this.questionVotes =
        Portions.deal(
            questions, i -> weight(6L * i + 2), (long) QUESTION_VOTES_EACH * questions, most);
    this.answerVotes =
        Portions.deal(answers, i -> weight(6L * i + 3), (long) ANSWER_VOTES_EACH * questions, most);
    this.tagWeights = zipf(tags);
    this.answerIds = new long[answers];
    this.answered = new int[answers];
    placeAnswers((salt + 1) % PastIds.SALTS);
  }

  int answers() {
    return answered.length;
  }

  long accountId(int person) {
    return accountIds.id(person);
  }

  long questionId(int question) {
    return question < earlier.count()
        ? earlier.id(question)
        : lately.id(question - earlier.count());
  }

  long answerId(int answer) {
    return answerIds[answer];
  }

  int questionOf(int answer) {
    return answered[answer];
  }

  boolean isAccepted(int answer) {
    return accepted.get(answer);
  }

  int asker(int question) {
    return active(6L * question + 4);
  }

  /** Never who asked. */
  int answerer(int answer) {
    int person = active(-6L * answer - 4);
    return person == asker(questionOf(answer)) ? (person + 1) % people : person;
  }

  /** In the order of an author. */
  List<String> tagsOf(int question) {
    long number = -6L * question - 1;
    int count = 1 + mix.below(number, MOST_TAGS);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 1; i <= count; i++) {
      double u = mix.share(mix.bits(number) + i) * tagWeights[tags - 1];
      int found = Arrays.binarySearch(tagWeights, u);
      names.add(QuestionWords.tag(Math.min(tags - 1, found < 0 ? -found - 1 : found)));
    }
    return List.copyOf(names);
  }

  long views(int question) {
    return 20L + 37L * questionVotes[question] + mix.below(-6L * question - 2, 400);
  }

  /** Who gives the votes to one item; each another, and never its author. */
  int voter(long item, int vote, int author) {
    int offset = 1 + (mix.below(item, people - 1) + vote) % (people - 1);
    return (author + offset) % people;
  }

  /** Most votes are for what they are on; a few things are disliked. */
  int value(long item, int vote) {
    double down = mix.share(item + 1) < VOTED_DOWN ? 0.7 : VOTED_DOWN;
    return mix.share(mix.bits(item) + vote) < down ? -1 : 1;
  }

  /** The id of a vote on an item: mostly soon after it, never in the future. */
  long voteId(long item, int vote) {
    double u = mix.share(mix.bits(item + 2) + vote);
    long asked = Ids.instantOf(item).toEpochMilli();
    Instant at = Instant.ofEpochMilli(asked + (long) (u * u * u * (now.toEpochMilli() - asked)));
    return Ids.firstAt(at) | NODE | (item & 0xfff);
  }

  private double weight(long number) {
    return Math.min(MOST_WEIGHT, Math.pow(1 - mix.share(number), EXPONENT));
  }

  /** The lower the number, the more they write. */
  private int active(long number) {
    double u = mix.share(number);
    return (int) (people * u * u);
  }

  /** Answers are numbered by time. Half of the questions accept the first. */
  private void placeAnswers(int salt) {
    long start = now.minus(SPAN).toEpochMilli();
    long[] order = new long[answered.length];
    int[] questionsOf = new int[answered.length];
    int next = 0;
    for (int question = 0; question < questions; question++) {
      long asked = Ids.instantOf(questionId(question)).toEpochMilli();
      for (int i = 0; i < answersOf[question]; i++) {
        double delay = Math.pow(mix.share(-6L * next - 5), 8) * (now.toEpochMilli() - asked);
        order[next] = (asked + 1 + (long) delay - start) << INDEX_BITS | next;
        questionsOf[next] = question;
        next++;
      }
    }
    Arrays.sort(order);
    BitSet seen = new BitSet();
    long last = 0;
    for (int i = 0; i < order.length; i++) {
      int question = questionsOf[(int) (order[i] & (1L << INDEX_BITS) - 1)];
      last = Math.max(last + 1, (start + (order[i] >> INDEX_BITS)) * MILLI_SLOTS);
      answered[i] = question;
      answerIds[i] =
          Ids.firstAt(Instant.ofEpochMilli(last / MILLI_SLOTS))
              | NODE
              | (long) salt * MILLI_SLOTS
              | last % MILLI_SLOTS;
      if (!seen.get(question) && mix.share(-6L * question - 3) < 0.5) {
        accepted.set(i);
      }
      seen.set(question);
    }
  }

  private static double[] zipf(int count) {
    double[] cumulated = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 1);
      cumulated[i] = sum;
    }
    return cumulated;
  }
}
