package io.freshet.queue.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.UnavailableException;
import io.freshet.queue.DeadLetter;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import io.freshet.testkit.RabbitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only a broker can do wrong, on a real one that is killed, robbed of queues, and shared. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RabbitQueueTest {
  private static final RetryPolicy RETRIES =
      new RetryPolicy(2, Duration.ofMillis(20), Duration.ofMillis(60));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final List<RabbitQueue> opened = new ArrayList<>();
  private Optional<RabbitServer> server = Optional.empty();

  @BeforeAll
  void start() {
    server = Optional.of(RabbitServer.start());
  }

  @AfterAll
  void stop() {
    server.ifPresent(RabbitServer::close);
  }

  @BeforeEach
  void clear() {
    server().clear();
  }

  @AfterEach
  void close() {
    opened.forEach(RabbitQueue::close);
    opened.clear();
  }

  @Test
  void failsThePublishOfATaskThatNoQueueTakesAndMakesTheQueueAgain() throws Exception {
    RabbitQueue queue = open(1);
    raw(channel -> channel.queueDelete(Topology.queue(Lane.EVENTS, 0)));
    assertThat(queue.publish(task("a", Lane.EVENTS)))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(QueueAwayException.class)
        .withMessageContaining("returned");
    publishAtLast(queue, task("b", Lane.EVENTS));
    assertThat(topic(queue.take(Lane.EVENTS, PATIENCE))).isEqualTo("b");
  }

  @Test
  void handsOutAllThatWasConfirmedBeforeTheBrokerWasKilled() throws Exception {
    RabbitQueue queue = open(2);
    Set<String> confirmed = ConcurrentHashMap.newKeySet();
    AtomicBoolean killed = new AtomicBoolean();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    Thread publisher =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; !killed.get(); i++) {
                String topic = "t" + i;
                CompletableFuture<Void> one =
                    queue.publish(task(topic, Lane.EVENTS)).toCompletableFuture();
                all.add(one.thenRun(() -> confirmed.add(topic)));
                // Some are in flight at any moment, and not more than can be taken again.
                if (i % 10 == 0) {
                  one.handle((done, failure) -> topic).join();
                }
              }
            });
    Awaitility.await().atMost(PATIENCE).until(() -> confirmed.size() > 100);
    server().kill();
    killed.set(true);
    publisher.join();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> all.stream().allMatch(CompletableFuture::isDone));
    server().restart();
    Set<String> got = new HashSet<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          for (var next = queue.take(Lane.EVENTS, A_WHILE);
              next.isPresent();
              next = queue.take(Lane.EVENTS, A_WHILE)) {
            got.add(topic(next));
            next.get().done(List.of());
          }
          return got.containsAll(confirmed);
        });
  }

  @Test
  void refusesTasksWhileTheBrokerIsAwayAndGoesOnByItself() throws Exception {
    RabbitQueue queue = open(1);
    queue.publish(task("kept", Lane.EVENTS)).toCompletableFuture().join();
    server().kill();
    assertThat(queue.publish(task("refused", Lane.EVENTS)))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(QueueAwayException.class);
    assertThat(queue.isQuiet()).isFalse();
    assertThatThrownBy(queue::depth).isInstanceOf(QueueAwayException.class);
    assertThat(queue.take(Lane.EVENTS, Duration.ZERO)).isEmpty();
    server().restart();
    publishAtLast(queue, task("later", Lane.EVENTS));
    List<String> got = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Queue.Delivery delivery = queue.take(Lane.EVENTS, PATIENCE).orElseThrow();
      got.add(delivery.task().topic());
      delivery.done(List.of());
    }
    assertThat(got).containsExactlyInAnyOrder("kept", "later");
  }

  @Test
  void opensWhileTheBrokerIsAway() {
    server().kill();
    RabbitQueue queue = open(1);
    assertThat(queue.publish(task("a", Lane.EVENTS))).isCompletedExceptionally();
    server().restart();
    publishAtLast(queue, task("a", Lane.EVENTS));
  }

  @Test
  void acknowledgesOnlyWhenWhatFollowsIsConfirmed() throws Exception {
    RabbitQueue queue = open(1);
    publishAtLast(queue, task("a", Lane.EVENTS));
    Queue.Delivery delivery = queue.take(Lane.EVENTS, PATIENCE).orElseThrow();
    raw(channel -> channel.queueDelete(Topology.queue(Lane.BATCHES, 0)));
    delivery.done(List.of(task("b", Lane.BATCHES)));
    Queue.Delivery again = queue.take(Lane.EVENTS, PATIENCE).orElseThrow();
    assertThat(again.task().topic()).isEqualTo("a");
    again.done(List.of(task("b", Lane.BATCHES)));
    assertThat(topic(queue.take(Lane.BATCHES, PATIENCE))).isEqualTo("b");
    assertThat(queue.take(Lane.EVENTS, A_WHILE)).isEmpty();
  }

  @Test
  void seesWhatOtherProcessesHold() throws Exception {
    RabbitQueue worker = open(2);
    RabbitQueue other = open(2);
    publishAtLast(other, task("a", Lane.BIG_BATCHES));
    Queue.Delivery held = worker.take(Lane.BIG_BATCHES, PATIENCE).orElseThrow();
    assertThat(other.isQuiet()).isFalse();
    assertThat(other.depth().worked(Lane.BIG_BATCHES)).isEqualTo(1);
    assertThat(other.depth().waiting(Lane.BIG_BATCHES)).isZero();
    held.done(List.of());
    Awaitility.await().atMost(PATIENCE).until(other::isQuiet);
  }

  @Test
  void handsToAnotherProcessWhatOneHeldWhenItWentAway() throws Exception {
    RabbitQueue leaving = open(1);
    RabbitQueue staying = open(1);
    publishAtLast(leaving, task("a", Lane.EVENTS));
    assertThat(leaving.take(Lane.EVENTS, PATIENCE)).isPresent();
    leaving.close();
    assertThat(topic(staying.take(Lane.EVENTS, PATIENCE))).isEqualTo("a");
  }

  @Test
  void worksShardsThatOthersHaveAdded() throws Exception {
    RabbitQueue worker = open(1);
    worker.take(Lane.EVENTS, Duration.ZERO);
    RabbitQueue publisher = open(3);
    for (int i = 0; i < 9; i++) {
      publishAtLast(publisher, task("t" + i, Lane.EVENTS));
    }
    Set<String> got = new HashSet<>();
    while (got.size() < 9) {
      Queue.Delivery next = worker.take(Lane.EVENTS, PATIENCE).orElseThrow();
      got.add(next.task().topic());
      next.done(List.of());
    }
    Awaitility.await().atMost(PATIENCE).until(worker::isQuiet);
  }

  @Test
  void worksShardsThatNobodyPublishesToAnyMore() throws Exception {
    RabbitQueue before = open(3);
    for (int i = 0; i < 9; i++) {
      publishAtLast(before, task("t" + i, Lane.EVENTS));
    }
    before.close();
    RabbitQueue after = open(1);
    assertThat(after.depth().waiting(Lane.EVENTS)).isEqualTo(9);
    for (int i = 0; i < 9; i++) {
      after.take(Lane.EVENTS, PATIENCE).orElseThrow().done(List.of());
    }
    Awaitility.await().atMost(PATIENCE).until(after::isQuiet);
    raw(channel -> channel.queueDelete(Topology.queue(Lane.EVENTS, 2)));
    publishAtLast(after, task("goes on", Lane.EVENTS));
    assertThat(topic(after.take(Lane.EVENTS, PATIENCE))).isEqualTo("goes on");
  }

  @Test
  void parksWhatNobodyCanReadAndLetsOperatorsDecide() throws Exception {
    RabbitQueue queue = open(1);
    raw(channel ->
        channel.basicPublish(
            "",
            Topology.queue(Lane.EVENTS, 0),
            new AMQP.BasicProperties(),
            "no JSON".getBytes(StandardCharsets.UTF_8)));
    publishAtLast(queue, task("poison", Lane.EVENTS));
    publishAtLast(queue, task("good", Lane.EVENTS));
    assertThat(workUntilParked(queue, 2)).containsExactly("good");
    List<DeadLetter> letters = queue.deadLetters().list(10);
    assertThat(letters).extracting(DeadLetter::topic).containsExactlyInAnyOrder("", "poison");
    DeadLetter poison =
        letters.stream().filter(one -> one.topic().equals("poison")).findFirst().orElseThrow();
    assertThat(poison.attempts()).isEqualTo(2);
    assertThat(poison.error()).contains("never works");
    assertThat(poison.last().orElseThrow()).isAfterOrEqualTo(poison.first());
    assertThat(queue.deadLetters().retry(OptionalLong.of(poison.id()))).isEqualTo(1);
    assertThat(topic(queue.take(Lane.EVENTS, PATIENCE))).isEqualTo("poison");
    assertThat(queue.deadLetters().drop(OptionalLong.of(poison.id()))).isZero();
    assertThat(queue.deadLetters().drop(OptionalLong.empty())).isEqualTo(1);
    assertThat(queue.deadLetters().count()).isZero();
  }

  /** Works until so many tasks are parked; which of the good ones were done. */
  private static List<String> workUntilParked(RabbitQueue queue, int parked) {
    List<String> worked = new ArrayList<>();
    TaskHandler poison =
        body -> {
          throw new IllegalStateException("never works");
        };
    TaskHandler good =
        body -> {
          worked.add("good");
          return List.of();
        };
    QueueWorker worker =
        new QueueWorker(queue, Lane.EVENTS, Map.of("poison", poison, "good", good));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          worker.runOnce(A_WHILE);
          return queue.deadLetters().count() == parked;
        });
    return worked;
  }

  @Test
  void goesOnConsumingWhileAnAlarmStopsPublishers() throws Exception {
    RabbitQueue before = open(1);
    publishAtLast(before, task("waits", Lane.EVENTS));
    server().ctl("set_vm_memory_high_watermark", "absolute", "1MB");
    try {
      awaitRefusal(before);
      assertThatThrownBy(before::depth).hasMessageContaining("takes no tasks now");
      RabbitQueue during = open(1);
      during.take(Lane.EVENTS, PATIENCE).orElseThrow().done(List.of());
      awaitRefusal(during);
    } finally {
      server().ctl("set_vm_memory_high_watermark", "absolute", "8GB");
    }
    publishAtLast(before, task("later", Lane.BIG_BATCHES));
    assertThat(topic(before.take(Lane.BIG_BATCHES, PATIENCE))).isEqualTo("later");
  }

  @Test
  void needsNoNewIdForAMessageThatHasOne() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    publishAtLast(open(1), task("a", Lane.EVENTS));
    RabbitQueue queue = openFailing(failures);
    failures.set(1);
    assertThat(topic(queue.take(Lane.EVENTS, PATIENCE))).isEqualTo("a");
    assertThat(failures).hasValue(1);
  }

  @Test
  void putsBackWhatItFailsToReadOrToEnd() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    RabbitQueue queue = openFailing(failures);
    failures.set(20);
    raw(channel ->
        channel.basicPublish(
            "", Topology.queue(Lane.EVENTS, 0), new AMQP.BasicProperties(), new byte[0]));
    Queue.Delivery first = queue.take(Lane.EVENTS, PATIENCE).orElseThrow();
    failures.set(1);
    assertThatThrownBy(() -> first.done(List.of(task("b", Lane.BATCHES))))
        .isInstanceOf(UnavailableException.class);
    queue.take(Lane.EVENTS, PATIENCE).orElseThrow().done(List.of());
    Awaitility.await().atMost(PATIENCE).until(queue::isQuiet);
  }

  private RabbitServer server() {
    return server.orElseThrow();
  }

  private RabbitQueue open(int shards) {
    FreshetConfig.RabbitMq config = new FreshetConfig.RabbitMq(Optional.of(server().url()), shards);
    RabbitQueue queue = RabbitQueue.open(config, RETRIES, InstantSource.system());
    opened.add(queue);
    return queue;
  }

  /** Whose source of ids fails for as many times as are left. */
  private RabbitQueue openFailing(AtomicInteger failures) {
    FreshetConfig.RabbitMq config = new FreshetConfig.RabbitMq(Optional.of(server().url()), 1);
    AtomicLong ids = new AtomicLong();
    LongSupplier source =
        () -> {
          if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UnavailableException("no id now");
          }
          return ids.incrementAndGet();
        };
    RabbitQueue queue = RabbitQueue.open(config, RETRIES, InstantSource.system(), source);
    opened.add(queue);
    return queue;
  }

  /** As a relay does: again and again until it is confirmed. */
  private static void publishAtLast(RabbitQueue queue, Task task) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            queue
                .publish(task)
                .handle((done, failure) -> failure == null)
                .toCompletableFuture()
                .join());
  }

  /** What RabbitMQ takes first in an alarm, it takes; then it says so. */
  private static void awaitRefusal(RabbitQueue queue) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> refusal(queue).contains("RabbitMQ takes no tasks now"));
  }

  private static String refusal(RabbitQueue queue) {
    CompletableFuture<Void> published =
        queue.publish(task("b", Lane.BATCHES)).toCompletableFuture();
    return published.isCompletedExceptionally() ? String.valueOf(published.exceptionNow()) : "";
  }

  private interface Work {
    void on(Channel channel) throws IOException;
  }

  private void raw(Work work) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(server().url());
    try (Connection connection = factory.newConnection();
        Channel channel = connection.createChannel()) {
      work.on(channel);
    }
  }

  private static String topic(Optional<Queue.Delivery> delivery) {
    return delivery.orElseThrow().task().topic();
  }

  private static Task task(String topic, Lane lane) {
    return new Task(topic, lane, "{}".getBytes(StandardCharsets.UTF_8));
  }
}
