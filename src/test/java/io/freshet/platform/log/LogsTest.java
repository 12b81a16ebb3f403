package io.freshet.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.freshet.platform.Audit;
import io.freshet.platform.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class LogsTest {

  @Test
  void bringTheSettingsToLinesThatWereThereBefore() {
    Logger audit = (Logger) LoggerFactory.getLogger("audit");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(audit.getLoggerContext());
    appender.setEncoder(new LineEncoder());
    appender.setOutputStream(out);
    appender.start();
    audit.addAppender(appender);
    try {
      Audit.refused("sign-in", Audit.NOBODY, "wrong-password");
      assertThat(out.toString(StandardCharsets.UTF_8))
          .endsWith(
              " WARN  audit sign-in refused deed=sign-in outcome=refused account=0"
                  + " why=wrong-password\n");
      out.reset();
      Logs.use(LogFormat.JSON, () -> OptionalInt.of(3));
      Audit.refused("sign-in", 12, "wrong-password");
      JsonNode line = Json.MAPPER.readTree(out.toByteArray());
      assertThat(line.path("logger").asString()).isEqualTo("audit");
      assertThat(line.path("deed").asString()).isEqualTo("sign-in");
      assertThat(line.path("outcome").asString()).isEqualTo("refused");
      assertThat(line.path("account").asString()).isEqualTo("12");
      assertThat(line.path("node").asString()).isEqualTo("3");
    } finally {
      audit.detachAppender(appender);
    }
  }
}
