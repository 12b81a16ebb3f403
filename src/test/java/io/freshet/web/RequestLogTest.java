package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The lines that are logged while a request is worked. */
class RequestLogTest {
  private static final HttpConfig CONFIG =
      new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(1));

  private static List<Route> routes() {
    return List.of(
        Route.get(
            "/broken",
            (request, response) -> {
              throw new IllegalStateException("broken");
            }),
        Route.get(
            "/id",
            (request, response) ->
                response.send(Optional.ofNullable(MDC.get("requestId")).orElse("none"))));
  }

  @Test
  void carryTheIdThatTheAnswerCarries() {
    Logger problems = (Logger) LoggerFactory.getLogger(Problems.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    problems.addAppender(lines);
    try (HttpServer server = HttpServer.start(CONFIG, List.of(RequestLogTest::routes), 1)) {
      TestClient client = TestClient.to(server.port());
      TestClient.Answer failed = client.get("/broken");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(lines.list)
          .singleElement()
          .satisfies(line ->
              assertThat(line.getMDCPropertyMap())
                  .containsEntry("requestId", failed.text("requestId")));
      TestClient.Answer next = client.with("X-Request-Id", "mine").get("/id");
      assertThat(next.body()).isEqualTo("mine").isEqualTo(next.header("X-Request-Id"));
    } finally {
      problems.detachAppender(lines);
    }
  }
}
