package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes that are joined by a wire and a table do. Time is real. */
public abstract class NodesContract {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** A node and what it received. */
  protected record Member(ClusterBroker broker, Ear ear) {}

  private final List<Member> members = new ArrayList<>();

  protected abstract Interests interests();

  protected abstract Wire wire();

  private ClusterBroker open(String node) {
    return new ClusterBroker(node, interests(), wire(), System::nanoTime);
  }

  protected abstract void emptyTheTable();

  /** Empties the table, and then lets the time pass until it is relied on. */
  protected abstract void settle();

  /** Everything that the wire and the table are made of dies and comes again. */
  protected abstract void restart();

  @BeforeEach
  void begin() {
    settle();
  }

  @AfterEach
  void end() {
    members.forEach(member -> member.broker().close());
  }

  protected Member member(String node) {
    Member member = new Member(open(node), new Ear());
    member.broker().listen(member.ear());
    members.add(member);
    Awaitility.await().atMost(PATIENCE).until(member.broker()::isReady);
    return member;
  }

  @Test
  void bringsWhatIsPublishedAnywhereToWhereItIsListenedTo() {
    Member a = member("a");
    Member b = member("b");
    Member c = member("c");
    b.broker().join("x");
    b.broker().join("y");
    c.broker().join("y");
    a.broker().deliver(Ear.delivery("x", "y", "z"));
    a.broker().deliver(Ear.delivery("x"));
    a.broker().broadcast(Ear.canary(7));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(a.ear().numbers()).containsExactly(7L);
          assertThat(b.ear().numbers()).containsExactly(7L);
          assertThat(c.ear().numbers()).containsExactly(7L);
        });
    assertThat(a.ear().deliveries()).isEmpty();
    assertThat(b.ear().deliveries())
        .satisfiesExactly(
            first -> assertThat(first).containsExactlyInAnyOrder("x", "y"),
            second -> assertThat(second).containsExactly("x"));
    assertThat(c.ear().deliveries()).containsExactly(List.of("y"));
    assertThat(b.ear().heard()).allMatch(message -> message.getNode().equals("a"));
  }

  @Test
  void sendsToOneNode() {
    Member a = member("a");
    Member b = member("b");
    assertThat(a.broker().send("b", Ear.canary(1))).isTrue();
    assertThat(a.broker().send("c", Ear.canary(2))).isFalse();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(b.ear().numbers()).containsExactly(1L));
  }

  @Test
  void reachesEveryoneWhileTheTableIsLost() {
    Member a = member("a");
    Member b = member("b");
    b.broker().join("x");
    emptyTheTable();
    a.broker().deliver(Ear.delivery("x"));
    assertThat(a.broker().send("b", Ear.canary(1))).isTrue();
    awaitThat(() -> b.ear().deliveries().contains(List.of("x")));
    awaitThat(() -> b.ear().numbers().contains(1L));
  }

  @Test
  void goesOnWithoutANodeThatDied() {
    Member a = member("a");
    Member b = member("b");
    interests().join("dead", List.of("x"));
    b.broker().join("x");
    a.broker().deliver(Ear.delivery("x"));
    a.broker().deliver(Ear.delivery("x"));
    awaitThat(() -> b.ear().deliveries().size() == 2);
    assertThat(a.broker().isReady()).isTrue();
  }

  @Test
  void healsAfterEverythingWasRestarted() {
    Member a = member("a");
    Member b = member("b");
    b.broker().join("x");
    b.broker().join("y");
    b.broker().leave("y");
    awaitThat(() -> b.ear().resumptions() > 0);
    int resumptions = b.ear().resumptions();
    restart();
    awaitThat(() -> b.ear().resumptions() > resumptions);
    awaitThat(() -> a.broker().isReady() && b.broker().isReady());
    a.broker().deliver(Ear.delivery("x"));
    awaitThat(() -> b.ear().deliveries().contains(List.of("x")));
    awaitThat(() -> a.broker().channels().equals(Set.of("x")));
  }

  protected static void awaitThat(BooleanSupplier condition) {
    Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(condition::getAsBoolean);
  }
}
