package io.freshet.simulation;

import io.freshet.platform.Json;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * The real queue, seen through a broker that hands tasks out in any order and now and then twice.
 */
final class UnreliableQueue implements Queue {
  private static final double DUPLICATE = 0.05;

  private final Queue queue;
  private final Random random;
  private final Consumer<Delivery> handedOut;
  private final Hazards hazards;
  private final List<Delivery> waiting = new ArrayList<>();

  /**
   * @param handedOut told of each delivery, so that a killed worker's can come back
   */
  UnreliableQueue(Queue queue, Random random, Hazards hazards, Consumer<Delivery> handedOut) {
    this.queue = queue;
    this.random = random;
    this.hazards = hazards;
    this.handedOut = handedOut;
  }

  @Override
  public CompletionStage<Void> publish(Task task) {
    return queue.publish(task);
  }

  @Override
  public Optional<Delivery> take(Lane lane, Duration wait) throws InterruptedException {
    for (Lane any : Lane.values()) {
      queue.take(any, Duration.ZERO).ifPresent(waiting::add);
    }
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Delivery delivery = waiting.remove(random.nextInt(waiting.size()));
    if (random.nextDouble() < DUPLICATE) {
      waiting.add(new Duplicate(delivery.task()));
    }
    if (hazards.on(Hazard.ACKNOWLEDGE_FIRST)) {
      delivery.done(List.of());
      delivery = new Acknowledged(delivery.task());
    }
    handedOut.accept(delivery);
    return Optional.of(hazards.on(Hazard.IDS_AS_DOUBLES) ? new Rounded(delivery) : delivery);
  }

  @Override
  public QueueDepth depth() {
    return queue.depth();
  }

  /** What a killed worker had taken comes back among those that wait here. */
  @Override
  public boolean isQuiet() {
    QueueDepth depth = queue.depth();
    return waiting.isEmpty()
        && depth.delayed() == 0
        && Arrays.stream(Lane.values()).allMatch(lane -> depth.waiting(lane) == 0);
  }

  /**
   * A second delivery of a task: what follows it is published, and there is nothing to acknowledge.
   */
  private class Duplicate implements Delivery {
    private final Task task;

    Duplicate(Task task) {
      this.task = task;
    }

    @Override
    public Task task() {
      return task;
    }

    @Override
    public void done(List<Task> following) {
      following.forEach(queue::publish);
    }

    @Override
    public void failed(Throwable cause) {
      waiting.add(this);
    }
  }

  /** What hazard 4 leaves in a worker's hands. */
  private final class Acknowledged extends Duplicate {
    Acknowledged(Task task) {
      super(task);
    }

    @Override
    public void failed(Throwable cause) {}
  }

  /** A delivery whose ids went through a double. */
  private record Rounded(Delivery delivery) implements Delivery {
    @Override
    public Task task() {
      ObjectNode body = Json.read(delivery.task().body(), ObjectNode.class);
      body.properties()
          .forEach(field -> {
            if (field.getValue().isNumber()) {
              body.put(field.getKey(), (long) field.getValue().doubleValue());
            }
          });
      return new Task(delivery.task().topic(), delivery.task().lane(), Json.bytes(body));
    }

    @Override
    public void done(List<Task> following) {
      delivery.done(following);
    }

    @Override
    public void failed(Throwable cause) {
      delivery.failed(cause);
    }
  }
}
