package io.freshet.contract;

import io.freshet.platform.FreshetConfig;
import io.freshet.queue.Queue;
import io.freshet.queue.Task;
import io.freshet.queue.rabbit.RabbitQueue;
import io.freshet.testkit.RabbitServer;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RabbitQueueContractTest extends QueueContract {
  private Optional<RabbitServer> server = Optional.empty();
  private Optional<RabbitQueue> queue = Optional.empty();

  @BeforeAll
  void start() {
    server = Optional.of(RabbitServer.start());
  }

  @AfterAll
  void stop() {
    server.ifPresent(RabbitServer::close);
  }

  @BeforeEach
  void open() {
    server.orElseThrow().clear();
    queue = Optional.of(openQueue());
  }

  @AfterEach
  void close() {
    queue.ifPresent(RabbitQueue::close);
  }

  private RabbitQueue openQueue() {
    FreshetConfig.RabbitMq config =
        new FreshetConfig.RabbitMq(Optional.of(server.orElseThrow().url()), 2);
    return RabbitQueue.open(config, RETRIES, InstantSource.system());
  }

  @Override
  protected Queue queue() {
    return queue.orElseThrow();
  }

  @Override
  protected void restartTheProcess() {
    close();
    queue = Optional.of(openQueue());
  }

  @Override
  protected int deadLetters() {
    return queue.orElseThrow().deadLetters().count();
  }

  @Override
  protected void failed(Task task) {
    throw new AssertionError("publishing failed: " + task.topic());
  }
}
