package io.freshet.bench;

import io.freshet.bench.DemoScreen.Ink;
import io.freshet.platform.Database;
import io.freshet.platform.Patience;
import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Kills a worker, RabbitMQ and Redis while people post, and starts each again. */
final class DemoStory {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Cluster cluster;
  private final DemoCrowd people;
  private final DemoScreen screen;
  private final int posts;
  private final Map<String, Boolean> alive = new LinkedHashMap<>();

  DemoStory(Cluster cluster, DemoCrowd people, DemoScreen screen, int posts) {
    this.cluster = cluster;
    this.people = people;
    this.screen = screen;
    this.posts = posts;
    cluster.nodes().forEach(node -> alive.put(node.name(), true));
    alive.put("rabbitmq", true);
    alive.put("redis", true);
  }

  void tell() {
    try (Database database = cluster.database()) {
      Jdbi jdbi = database.jdbi();
      FreshetNode worker = cluster.node("worker-1");
      until(jdbi, 15);
      kills("worker-1", worker::kill);
      until(jdbi, 25);
      revives(
          "worker-1",
          () -> {
            worker.start();
            worker.awaitReady();
          });
      until(jdbi, 40);
      kills("rabbitmq", cluster.servers().rabbit()::kill);
      until(jdbi, 50);
      revives("rabbitmq", cluster.servers().rabbit()::restart);
      until(jdbi, 65);
      kills("redis", cluster.servers().redis()::kill);
      until(jdbi, 75);
      revives("redis", cluster.servers()::restartRedis);
      until(jdbi, 100);
    }
  }

  private void kills(String part, Runnable how) {
    how.run();
    alive.put(part, false);
    screen.broken(part + " is killed, as with kill -9");
  }

  private void revives(String part, Runnable how) {
    double start = screen.seconds();
    screen.begins("starting " + part + " again");
    how.run();
    alive.put(part, true);
    screen.done("%s is back, started in %.1f s".formatted(part, screen.seconds() - start));
  }

  /** Until so many per cent of the posts are acknowledged. */
  private void until(Jdbi jdbi, int percent) {
    long enough = (long) posts * percent / 100;
    while (people.answered() < enough && !Thread.currentThread().isInterrupted()) {
      Patience.await(LOOK, () -> people.answered() >= enough);
      screen.moving(status(DemoCheck.outbox(jdbi)));
    }
  }

  private String status(long outbox) {
    String parts =
        alive.entrySet().stream()
            .map(part ->
                (part.getValue() ? screen.ink(Ink.GREEN, "●") : screen.ink(Ink.RED, "○"))
                    + " "
                    + part.getKey())
            .collect(Collectors.joining("  "));
    return "%,5d of %,d acknowledged, %,d sent again, %,d feeds read, outbox %,d   %s"
        .formatted(people.answered(), posts, people.again.get(), people.reads.get(), outbox, parts);
  }
}
