package io.freshet.platform.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.freshet.platform.trace.Step;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one line (in text, a stack trace has more, each indented), with the ids
 * that belong to it: those given as keys and values, the request's, the trace's and the node's.
 * Control characters are escaped, so that nobody can write lines of their own into the log. Logback
 * makes it by logback.xml, and {@link Logs} tells it the settings later. Thread-safe.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private volatile LogFormat format = LogFormat.TEXT;
  private volatile Supplier<OptionalInt> node = OptionalInt::empty;

  /**
   * For logback.xml: what to write until the settings are read. An unknown name changes nothing.
   */
  public void setFormat(String name) {
    for (LogFormat each : LogFormat.values()) {
      if (each.name().equalsIgnoreCase(name)) {
        format = each;
      }
    }
  }

  void use(LogFormat chosen, Supplier<OptionalInt> ownNode) {
    format = chosen;
    node = ownNode;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line =
        switch (format) {
          case TEXT -> TextLine.of(event, ids(event));
          case JSON -> JsonLine.of(event, ids(event));
        };
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, String> ids(ILoggingEvent event) {
    Map<String, String> ids = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        ids.put(pair.key, String.valueOf(pair.value));
      }
    }
    ids.putAll(event.getMDCPropertyMap());
    // The thread that encodes is the one that logs: the appender keeps no queue.
    Step.current().traceId().ifPresent(id -> ids.put("traceId", id));
    node.get().ifPresent(number -> ids.put("node", Integer.toString(number)));
    return ids;
  }

  static String level(ILoggingEvent event) {
    return event.getLevel().toString().toUpperCase(Locale.ROOT);
  }
}
