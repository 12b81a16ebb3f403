package io.freshet.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.TraceSettings;
import io.freshet.platform.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;

class LineEncoderTest {
  private static final String FORGED = "nothing\r\n2026-01-01T00:00:00.000Z ERROR Problems forged";
  private static final String TERMINAL = "\u001b[2Jcleared \u202e\u2028\u0085\u0000";

  private final LoggerContext logback = new LoggerContext();
  private final LineEncoder encoder = new LineEncoder();

  private LoggingEvent event(String message, Object... arguments) {
    return of("r-1", message, arguments);
  }

  private LoggingEvent of(String request, String message, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "here",
            logback.getLogger("io.freshet.web.Problems"),
            Level.WARN,
            message,
            null,
            arguments);
    event.setMDCPropertyMap(Map.of("requestId", request));
    return event;
  }

  private String line(LogFormat format, LoggingEvent event) {
    encoder.use(format, () -> OptionalInt.of(7));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheIdsBehindTheMessage() {
    LoggingEvent event = event("could not be answered: {}", "why");
    event.addKeyValuePair(new KeyValuePair("account", 12L));
    assertThat(line(LogFormat.TEXT, event))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  Problems could not be answered:"
                + " why account=12 requestId=r-1 node=7\n");
  }

  @Test
  void writesAnObjectOfJsonOnEachLine() {
    LoggingEvent event = event("could not be answered: {}", FORGED);
    event.addKeyValuePair(new KeyValuePair("account", 12L));
    event.addKeyValuePair(new KeyValuePair("message", "not this one"));
    String line = line(LogFormat.JSON, event);
    assertThat(line).endsWith("}\n").hasLineCount(1);
    JsonNode json = Json.MAPPER.readTree(line);
    assertThat(json.path("time").asString()).endsWith("Z");
    assertThat(json.path("level").asString()).isEqualTo("WARN");
    assertThat(json.path("logger").asString()).isEqualTo("io.freshet.web.Problems");
    assertThat(json.path("message").asString()).isEqualTo("could not be answered: " + FORGED);
    assertThat(json.path("account").asString()).isEqualTo("12");
    assertThat(json.path("requestId").asString()).isEqualTo("r-1");
    assertThat(json.path("node").asString()).isEqualTo("7");
  }

  @Test
  void namesTheTraceThatTheLineBelongsTo() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    TraceSettings settings =
        new TraceSettings(Optional.of("http://127.0.0.1:1"), Optional.empty(), 1, true);
    try (Traces traces = Traces.open(settings, Map.of());
        Step step = traces.receive("GET /", Optional.of("00-" + trace + "-00f067aa0ba902b7-01"))) {
      assertThat(step.traceId()).contains(trace);
      assertThat(line(LogFormat.TEXT, event("x"))).contains(" traceId=" + trace);
      assertThat(Json.MAPPER.readTree(line(LogFormat.JSON, event("x"))).path("traceId").asString())
          .isEqualTo(trace);
    }
    assertThat(line(LogFormat.TEXT, event("x"))).doesNotContain("traceId");
  }

  @Test
  void letsNobodyWriteLinesOfTheirOwn() {
    for (LogFormat format : LogFormat.values()) {
      LoggingEvent event = of(FORGED + TERMINAL, "{}", FORGED + TERMINAL);
      event.addKeyValuePair(new KeyValuePair("key\n", FORGED + TERMINAL));
      assertThat(line(format, event)).hasLineCount(1).doesNotContain("\r", "\u001b", "\u0000");
    }
    assertThat(line(LogFormat.TEXT, event("{}", TERMINAL)))
        .contains("\\u001b[2Jcleared \\u202e\\u2028\\u0085\\u0000");
    assertThat(line(LogFormat.TEXT, event("keeps words: {}", "žluťoučký 😀 \\ \"")))
        .contains("žluťoučký 😀 \\ \"");
  }

  @Test
  void writesTheHeadOfAStackTraceAndItsCauses() {
    IllegalStateException thrown =
        new IllegalStateException(FORGED, new IllegalArgumentException("the cause\nforged"));
    LoggingEvent event =
        new LoggingEvent(
            "here", logback.getLogger("x"), Level.ERROR, "failed", thrown, new Object[0]);
    event.setMDCPropertyMap(Map.of());
    List<String> lines = line(LogFormat.TEXT, event).lines().toList();
    assertThat(lines.getFirst()).endsWith(" ERROR x failed node=7");
    assertThat(lines.subList(1, lines.size()))
        .hasSizeBetween(3, 2 * TextLine.FRAMES + 2)
        .allMatch(line -> line.startsWith("  "))
        .anyMatch(line -> line.contains("java.lang.IllegalStateException: nothing\\u000d\\u000a"))
        .anyMatch(line -> line.contains("caused by java.lang.IllegalArgumentException"))
        .anyMatch(line -> line.contains("LineEncoderTest.java"));
    JsonNode errors = Json.MAPPER.readTree(line(LogFormat.JSON, event)).path("error");
    assertThat(errors.size()).isEqualTo(2);
    assertThat(errors.path(1).path("message").asString()).isEqualTo("the cause\nforged");
    assertThat(errors.path(0).path("stack").path(0).asString()).contains("LineEncoderTest");
  }

  @Test
  void refusesAFormatThatThereIsNot() {
    assertThatThrownBy(() -> LogFormat.parse("xml"))
        .isInstanceOf(OperatorException.class)
        .hasMessage("log.format must be text or json, not \"xml\".");
  }
}
