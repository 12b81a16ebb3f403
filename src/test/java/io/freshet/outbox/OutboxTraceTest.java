package io.freshet.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.TraceSettings;
import io.freshet.platform.trace.Traces;
import io.freshet.queue.Lane;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.Queue.Delivery;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes through the outbox keeps to the trace that it was saved in. */
class OutboxTraceTest {
  private final MovableClock clock = new MovableClock();
  private final Database database = TestDatabase.open();
  private final PgOutboxStore store = new PgOutboxStore(database.jdbi(), new Ids(clock, 0), clock);
  private final Outbox outbox = new Outbox(database.jdbi(), store);
  private final LocalQueue queue =
      new LocalQueue(clock, new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  private final Traces traces =
      Traces.open(
          new TraceSettings(Optional.of("http://127.0.0.1:1"), Optional.empty(), 1, true),
          Map.of());

  @AfterEach
  void close() {
    traces.close();
    database.close();
  }

  private void save(String topic) {
    outbox.write((handle, events) -> {
      events.add(new Event(topic, new byte[0]));
      return topic;
    });
  }

  /** In a trace of its own, whose id this is. */
  private String saveTraced(String topic) {
    try (Step step = traces.receive("POST /", Optional.empty())) {
      save(topic);
      return step.traceId().orElseThrow();
    }
  }

  private Task take() throws InterruptedException {
    return queue.take(Lane.EVENTS, Duration.ZERO).map(Delivery::task).orElseThrow();
  }

  @Test
  void keepsTracesOfRowsApartThatAreClaimedTogether() throws InterruptedException {
    Map<String, String> expected = new HashMap<>();
    expected.put("a", saveTraced("a"));
    save("untraced");
    expected.put("b", saveTraced("b"));
    assertThat(new OutboxRelay(store, queue, clock, traces).runOnce()).isFalse();
    for (int i = 0; i < 3; i++) {
      Task task = take();
      if (task.topic().equals("untraced")) {
        assertThat(task.trace()).isEmpty();
      } else {
        assertThat(task.trace().orElseThrow()).startsWith("00-" + expected.get(task.topic()) + "-");
      }
    }
  }

  @Test
  void isHandedOnByThoseWhoTraceNothing() throws InterruptedException {
    String trace = saveTraced("a");
    new OutboxRelay(store, queue, clock).runOnce();
    Task following = new Task("b", Lane.EVENTS, new byte[0]);
    QueueWorker worker =
        new QueueWorker(queue, Lane.EVENTS, Map.of("a", body -> List.of(following)));
    assertThat(worker.runOnce(Duration.ZERO)).isTrue();
    assertThat(take().trace().orElseThrow()).startsWith("00-" + trace + "-");
  }
}
