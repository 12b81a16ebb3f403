package io.freshet.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.api.StatusView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two processes that measure themselves into one database, and what is made of it. */
class StatusTest {
  private static final Duration EVERY = Duration.ofSeconds(15);

  @AutoClose private final Database database = TestDatabase.open();
  private final MovableClock clock = new MovableClock();
  private final Status status = new Status(database.jdbi(), clock);

  /** A start of a process, with some of the meters that a real one has. */
  private final class Start implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final Sampling sampling;

    Start(long id, int number, Role... roles) {
      metrics.gauge("freshet_outbox_waiting", "", waiting::get);
      metrics.gauge("freshet_live_connections", "", live::get);
      metrics.gauge("freshet_live_ready", "", () -> waiting.get() > 0 ? 0 : 1);
      metrics.gauge("freshet_replica_lag_seconds", "", () -> Double.NaN);
      metrics.count("freshet_near_cache_reads", "", hits::get, "cache", "a", "result", "hit");
      metrics.count("freshet_near_cache_reads", "", misses::get, "cache", "a", "result", "miss");
      sampling =
          Sampling.start(
              database.jdbi(), metrics, clock, id, Set.of(roles), () -> OptionalInt.of(number));
    }

    void answered(int times, Duration each) {
      for (int i = 0; i < times; i++) {
        metrics.timer("freshet_http_request", "", List.of(), "route", "r" + i % 2).record(each);
      }
    }

    void compared(double feeds) {
      metrics.counter("freshet_verification_feeds", "").increment(feeds);
    }

    @Override
    public void close() {
      metrics.close();
    }
  }

  private void sample(Start... starts) {
    for (Start start : starts) {
      assertThat(start.sampling.runOnce()).isFalse();
    }
    clock.advance(EVERY);
  }

  /** The newest points of a figure, the newest last. */
  private List<Double> newest(String name, int count) {
    StatusView.Line line =
        status.now().figures().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(line.points()).hasSize(Slots.SHOWN);
    List<Double> points = new ArrayList<>();
    for (StatusView.Point point : line.points()) {
      OptionalDouble value = point.value();
      points.add(value.isPresent() ? value.getAsDouble() : -1.0);
    }
    return points.subList(points.size() - count, points.size());
  }

  @Test
  void mergesWhatAllProcessesMeasure() {
    try (Start web = new Start(1, 1, Role.WEB);
        Start worker = new Start(2, 2, Role.WORKER, Role.SCHEDULER)) {
      sample(web, worker);
      web.answered(30, Duration.ofMillis(10));
      worker.answered(15, Duration.ofMillis(40));
      web.waiting.set(7);
      worker.waiting.set(5);
      web.hits.set(90);
      web.misses.set(10);
      worker.misses.set(100);
      worker.compared(12);
      sample(web, worker);
      clock.advance(Duration.ofSeconds(-12)); // the samples of this slot are there
      assertThat(newest("requests", 1)).containsExactly(3.0);
      assertThat(newest("answerTime", 1).getFirst()).isEqualTo(0.02, within(1e-9));
      assertThat(newest("outboxWaiting", 2)).containsExactly(0.0, 7.0);
      assertThat(newest("liveReady", 2)).containsExactly(1.0, 0.0);
      assertThat(newest("cacheHits", 1).getFirst()).isEqualTo(0.45, within(1e-9));
      assertThat(newest("feedsCompared", 1)).containsExactly(12.0);
      assertThat(newest("fanoutLag", 3)).as("nobody measures it").containsOnly(-1.0);
      assertThat(newest("replicaLag", 3)).as("nobody knows it").containsOnly(-1.0);
      StatusView view = status.now();
      assertThat(view.nodes())
          .extracting(StatusView.Node::name)
          .containsExactly("node-1", "node-2");
      assertThat(view.nodes().get(1).roles()).containsExactly("worker", "scheduler");
      assertThat(view.at()).isEqualTo(view.nodes().getFirst().seenAt());
    }
  }

  @Test
  void saysNothingOfWhatWasNotTimed() {
    try (Start web = new Start(1, 1, Role.WEB)) {
      web.answered(3, Duration.ofMillis(10));
      sample(web);
      sample(web);
      assertThat(newest("answerTime", 1)).containsExactly(-1.0);
      assertThat(newest("requests", 2))
          .as("at first there is nothing to compare with")
          .containsExactly(-1.0, 0.0);
    }
  }

  @Test
  void beginsAnewAfterARestart() {
    try (Start first = new Start(1, 1, Role.WEB);
        Start other = new Start(2, 2, Role.WEB)) {
      first.answered(1_000, Duration.ofMillis(1));
      sample(first, other);
      first.answered(15, Duration.ofMillis(1));
      other.answered(15, Duration.ofMillis(1));
      sample(first, other);
      try (Start second = new Start(3, 1, Role.WEB)) {
        second.answered(2_000, Duration.ofMillis(1));
        sample(second, other);
        second.answered(30, Duration.ofMillis(1));
        sample(second, other);
        assertThat(newest("requests", 4)).containsExactly(-1.0, 2.0, 0.0, 2.0);
        assertThat(status.now().nodes()).hasSize(2);
        assertThat(status.now().nodes().getFirst().startedAt())
            .isEqualTo(clock.instant().minus(EVERY.multipliedBy(2)));
      }
    }
  }

  @Test
  void showsWhatWasMissed() {
    try (Start web = new Start(1, 1, Role.WEB)) {
      web.answered(1, Duration.ZERO);
      sample(web);
      web.answered(30, Duration.ZERO);
      sample();
      sample(web);
      web.answered(15, Duration.ZERO);
      sample(web);
      assertThat(newest("requests", 4))
          .as("what grew in a gap belongs to no point")
          .containsExactly(-1.0, -1.0, -1.0, 1.0);
    }
  }

  @Test
  void countsTheNewestOfTwoStartsInASlot() {
    try (Start first = new Start(1, 1, Role.WEB);
        Start other = new Start(2, 2, Role.WEB)) {
      first.live.set(100);
      other.live.set(10);
      first.sampling.runOnce();
      other.sampling.runOnce();
      clock.advance(Duration.ofSeconds(5));
      try (Start second = new Start(3, 1, Role.WEB)) {
        second.live.set(3);
        second.sampling.runOnce();
        clock.advance(EVERY.minusSeconds(5));
        assertThat(newest("liveConnections", 1)).containsExactly(13.0);
      }
    }
  }

  @Test
  void keepsTheLaterOfTwoSamplesOfAProcessInASlot() {
    try (Start web = new Start(1, 1, Role.WEB)) {
      web.live.set(5);
      web.sampling.runOnce();
      clock.advance(EVERY);
      web.sampling.runOnce();
      clock.advance(EVERY.negated().plusSeconds(1)); // the clock was set back
      web.live.set(7);
      web.sampling.runOnce();
      assertThat(rows()).isEqualTo(2);
      clock.advance(EVERY.multipliedBy(2));
      assertThat(newest("liveConnections", 2)).containsExactly(7.0, 5.0);
    }
  }

  @Test
  void takesOneSampleASlotAndKeepsThemForAnHour() {
    try (Start web = new Start(1, 1, Role.WEB)) {
      web.sampling.runOnce();
      clock.advance(Duration.ofSeconds(14));
      web.sampling.runOnce();
      assertThat(rows()).isOne();
      clock.advance(Duration.ofSeconds(1));
      web.sampling.runOnce();
      assertThat(rows()).isEqualTo(2);
      clock.advance(Duration.ofMinutes(60));
      web.sampling.runOnce();
      assertThat(rows()).isEqualTo(2);
    }
  }

  private int rows() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT count(*) FROM status_sample").mapTo(Integer.class).one());
  }

  @Test
  void readsMetersThatThereAre() throws IOException {
    String documented =
        Files.readString(Path.of("docs", "metrics.md"))
            + Files.readString(Path.of("docs", "operations.md"));
    for (Figure figure : Figures.ALL) {
      assertThat(documented).containsPattern("`" + figure.meter() + "(_total|_seconds)?` \\|");
      assertThat(documented).contains("`" + figure.name() + "`");
    }
    assertThat(Figures.ALL).extracting(Figure::name).doesNotHaveDuplicates();
  }

  @Test
  void writesNullForWhatNobodySays() {
    JsonNode json = Json.MAPPER.valueToTree(status.now());
    assertThat(json.at("/figures/0/name").asString()).isEqualTo("requests");
    assertThat(json.at("/figures/0/unit").asString()).isEqualTo("perSecond");
    assertThat(json.at("/figures/0/points")).hasSize(120).allMatch(JsonNode::isNull);
    assertThat(Objects.requireNonNull(json.get("nodes"))).isEmpty();
    assertThat(Json.MAPPER.writeValueAsString(new StatusView.Point(OptionalDouble.of(0.5))))
        .isEqualTo("0.5");
  }
}
