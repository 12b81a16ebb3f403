package io.freshet.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the seeds of {@link NodeProtocolTest} do not look at: what else is kept beside the log. */
class NodeTest {
  private final FakeServer old = new FakeServer("old");
  private final FakeServer promoted = new FakeServer("promoted");
  private long now = 1;
  private int tokens;
  private final FakeTable table = new FakeTable(() -> now, Flaw.NONE);

  @Test
  void leavesBehindWhatMayLackTheWritesOfAProcessThatIsGone() {
    FakeWire web = wire(old);
    Node webNode = node(web);
    FakeWire worker = wire(old);
    Node workerNode = node(worker);
    beat(webNode, workerNode);
    assertThat(webNode.isTrusted()).isTrue();
    web.connect(Optional.of(promoted));
    String begun = promoted.home();
    beat(webNode, workerNode);
    worker.connect(Optional.empty());
    beat(workerNode, webNode);
    assertThat(promoted.home()).as("while the worker may still come over").isEqualTo(begun);
    pass(Node.LEASE.plusSeconds(1));
    webNode.beat();
    assertThat(promoted.home()).isNotEqualTo(begun);
    assertThat(webNode.isTrusted()).isFalse();
    String anew = promoted.home();
    beat(webNode);
    assertThat(promoted.home()).as("once is enough").isEqualTo(anew);
    assertThat(webNode.isTrusted()).isTrue();
  }

  @Test
  void keepsWhatEverybodyHasComeTo() {
    FakeWire web = wire(old);
    Node webNode = node(web);
    FakeWire worker = wire(old);
    Node workerNode = node(worker);
    beat(webNode, workerNode);
    web.connect(Optional.of(promoted));
    beat(webNode, workerNode);
    worker.connect(Optional.of(promoted));
    String begun = promoted.home();
    beat(workerNode, webNode, workerNode);
    workerNode.leave();
    pass(Node.LEASE.plusSeconds(1));
    beat(webNode, webNode);
    assertThat(promoted.home()).isEqualTo(begun);
    assertThat(webNode.isTrusted()).isTrue();
  }

  private static FakeWire wire(FakeServer server) {
    FakeWire wire = new FakeWire(() -> {}, () -> false, Flaw.NONE);
    wire.connect(Optional.of(server));
    return wire;
  }

  private Node node(FakeWire wire) {
    LogReader reader = new LogReader(wire, ++tokens, () -> {});
    Node node = new Node(table, wire, reader, () -> "token " + ++tokens, () -> now);
    wire.onChange(node::lose);
    return node;
  }

  private void beat(Node... nodes) {
    for (int round = 0; round < 3; round++) {
      for (Node node : nodes) {
        node.beat();
      }
      pass(Node.BEAT);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
