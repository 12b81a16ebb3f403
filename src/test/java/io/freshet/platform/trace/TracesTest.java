package io.freshet.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Metrics;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.TraceCollector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Optional<String> CALLER =
      Optional.of("00-" + TRACE + "-00f067aa0ba902b7-01");

  private static Traces to(String endpoint, double sample, boolean trustsCallers) {
    return Traces.open(
        new TraceSettings(Optional.of(endpoint), Optional.empty(), sample, trustsCallers),
        Map.of());
  }

  @Test
  void areNotThereUnlessThereIsACollector() {
    try (Traces none = Traces.open(TraceSettings.OFF, Map.of())) {
      assertThat(none.isOn()).isFalse();
      assertThat(none.receive("GET /", CALLER)).isSameAs(Step.NONE);
      assertThat(none.follow("task", Traces.Kind.CONSUMER, CALLER)).isSameAs(Step.NONE);
      assertThat(Traces.here()).isEmpty();
    }
  }

  @Test
  void goOnWithTheCallersAndLeaveItAtTheEnd() {
    try (Traces traces = to("http://127.0.0.1:1", 1, true)) {
      try (Step step = traces.receive("GET /", CALLER)) {
        assertThat(Traces.here()).isPresent().isEqualTo(step.trace());
        assertThat(step.trace().orElseThrow()).startsWith("00-" + TRACE).endsWith("-01");
        assertThat(step.trace()).isNotEqualTo(CALLER);
      }
      assertThat(Traces.here()).isEmpty();
      assertThat(Step.current()).isSameAs(Step.NONE);
    }
  }

  @Test
  void beginAnewForCallersWhoAreNotTrusted() {
    try (Traces traces = to("http://127.0.0.1:1", 1, false);
        Step step = traces.receive("GET /", CALLER)) {
      assertThat(step.traceId()).isPresent().isNotEqualTo(Optional.of(TRACE));
    }
  }

  @Test
  void areOnlyOfTheShareThatIsSampled() {
    try (Traces traces = to("http://127.0.0.1:1", 1e-9, true)) {
      int traced = 0;
      for (int i = 0; i < 1_000; i++) {
        try (Step step = traces.receive("GET /", Optional.empty())) {
          traced += step.traceId().isPresent() ? 1 : 0;
          assertThat(traces.within("live publish", Traces.Kind.PRODUCER)).isSameAs(Step.NONE);
        }
      }
      assertThat(traced).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: y",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra"
      })
  void takeWhatIsNoTraceparentForNothing(String text) {
    assertThat(Traceparent.read(text)).isEmpty();
  }

  @Test
  void refuseAnEndpointThatIsNone() {
    assertThatThrownBy(() -> to("localhost:4318", 1, true))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("http://localhost:4318");
  }

  @Test
  void sayHowManyStepsReachedTheCollectorAndHowManyDidNot() {
    try (TraceCollector collector = TraceCollector.start();
        Metrics metrics = new Metrics();
        Traces traces = to(collector.endpoint(), 1, true)) {
      traces.measure(metrics);
      step(traces, "one");
      await().until(() -> metrics.scrape().contains("outcome=\"delivered\"} 1.0"));
      collector.stop();
      step(traces, "two");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> metrics.scrape().contains("outcome=\"lost\"} 1.0"));
    }
  }

  private static void step(Traces traces, String name) {
    try (Step step = traces.receive(name, Optional.empty())) {
      step.note("number", 1);
    }
  }
}
