package io.freshet.live.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.Interests;
import io.freshet.platform.redis.RedisAwayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisInterestsTest {
  private static final List<String> ALL =
      List.of("personal:#1", "personal:#2", "question:3", "post:4", "post:5");

  private static OpenRedis open;
  private static RedisInterests interests;

  @BeforeAll
  static void start() {
    open = new OpenRedis();
    interests = new RedisInterests(open.redis());
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @BeforeEach
  void clear() {
    open.clear();
  }

  @Test
  void knowsWhoListensWhere() {
    settle();
    interests.announce("n1", List.of("personal:#1", "question:3"));
    interests.announce("n2", List.of("question:3"));
    interests.join("n2", List.of("post:4"));
    Map<String, List<String>> found = found();
    assertThat(found).containsOnlyKeys("personal:#1", "question:3", "post:4");
    assertThat(found.get("question:3")).containsExactlyInAnyOrder("n1", "n2");
    assertThat(found.get("personal:#1")).containsExactly("n1");
    assertThat(found.get("post:4")).containsExactly("n2");
    assertThat(interests.channels()).isEqualTo(Set.of("personal:#1", "question:3", "post:4"));
  }

  @Test
  void forgetsWhatIsLeft() {
    settle();
    interests.announce("n1", List.of("personal:#1", "question:3"));
    interests.announce("n2", List.of("question:3"));
    interests.leave("n1", List.of("question:3", "post:5"));
    interests.leave("n1", List.of("personal:#1"));
    assertThat(found()).isEqualTo(Map.of("question:3", List.of("n2")));
  }

  @Test
  void cannotBeKnownUntilEveryNodeHasAnnouncedItself() {
    assertThat(interests.of(ALL)).as("no table").isEmpty();
    interests.announce("n1", List.of("personal:#1"));
    pass(Interests.SETTLING.minusSeconds(1));
    assertThat(interests.of(ALL)).as("a new one").isEmpty();
    assertThat(interests.knows("n9")).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(interests.of(ALL)).isPresent();
    assertThat(interests.knows("n9")).isFalse();
    assertThat(interests.knows("n1")).isTrue();
    pass(Interests.AGE.multipliedBy(3));
    assertThat(interests.of(ALL)).as("one that nobody kept").isEmpty();
  }

  @Test
  void forgetsANodeThatDies() {
    settle();
    interests.announce("n1", List.of("personal:#1", "question:3"));
    pass(Interests.RENEWAL);
    interests.announce("n2", List.of("question:3"));
    pass(Interests.AGE.minus(Interests.RENEWAL).plusSeconds(1));
    interests.announce("n2", List.of("question:3"));
    assertThat(found()).isEqualTo(Map.of("question:3", List.of("n2")));
    assertThat(interests.channels()).containsExactly("question:3");
    assertThat(interests.knows("n1")).isFalse();
    assertThat(interests.knows("n2")).isTrue();
  }

  @Test
  void forgetsANodeThatSaysItGoes() {
    settle();
    interests.announce("n1", List.of("personal:#1", "question:3"));
    interests.withdraw("n1", List.of("personal:#1", "question:3"));
    assertThat(found()).isEmpty();
    assertThat(interests.knows("n1")).isFalse();
  }

  @Test
  void freesWhatDeadNodesLeft() {
    interests.announce("n1", channels(1_000));
    pass(Interests.AGE.plusSeconds(1));
    for (int i = 0; i < 1_500; i++) {
      interests.announce("n2", List.of());
    }
    String keys = open.server().cli("KEYS", "*:li");
    assertThat(keys.lines().mapToInt(key -> Integer.parseInt(open.server().cli("HLEN", key))).sum())
        .isLessThan(50);
  }

  @Test
  void listsThousandsOfChannels() {
    settle();
    interests.announce("n1", channels(5_000));
    assertThat(interests.channels()).hasSize(5_000);
    assertThat(interests.of(channels(5_000)).orElseThrow()).hasSize(5_000);
  }

  @Test
  void tellsWhenItMayBeLost() {
    AtomicInteger told = new AtomicInteger();
    interests.onLoss(told::incrementAndGet);
    settle();
    interests.announce("n1", ALL);
    open.server().kill();
    open.server().restart();
    Awaitility.await().until(() -> told.get() > 0);
    Awaitility.await()
        .ignoreException(RedisAwayException.class)
        .untilAsserted(() -> assertThat(interests.of(ALL)).isEmpty());
  }

  private static void settle() {
    interests.announce("n0", List.of());
    pass(Interests.SETTLING);
  }

  private static Map<String, List<String>> found() {
    return interests.of(ALL).orElseThrow();
  }

  private static List<String> channels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "personal:#" + i).toList();
  }

  private static void pass(Duration time) {
    open.pass(time);
  }
}
