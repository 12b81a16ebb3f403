package io.freshet.platform.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.freshet.platform.Json;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the log for programs: {@code time}, {@code level}, {@code logger}, {@code message}, the
 * ids by their names, and of an error {@code error} with its {@code type}, {@code message} and
 * {@code stack}, its causes behind it.
 */
final class JsonLine {
  private JsonLine() {}

  static String of(ILoggingEvent event, Map<String, String> ids) {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("time", event.getInstant().toString());
    line.put("level", LineEncoder.level(event));
    line.put("logger", event.getLoggerName());
    line.put("message", event.getFormattedMessage());
    ids.forEach((key, value) -> {
      if (!line.has(key)) {
        line.put(key, value);
      }
    });
    if (event.getThrowableProxy() != null) {
      ArrayNode errors = line.putArray("error");
      for (IThrowableProxy thrown = event.getThrowableProxy();
          thrown != null;
          thrown = thrown.getCause()) {
        describe(thrown, errors.addObject());
      }
    }
    return line + "\n";
  }

  private static void describe(IThrowableProxy thrown, ObjectNode error) {
    error.put("type", thrown.getClassName());
    error.put("message", thrown.getMessage());
    ArrayNode stack = error.putArray("stack");
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    int own = Math.min(TextLine.FRAMES, frames.length - thrown.getCommonFrames());
    for (int i = 0; i < own; i++) {
      stack.add(frames[i].getStackTraceElement().toString());
    }
  }
}
