package io.freshet.platform.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A line of the log for people; in an error, with the head of its stack trace. */
final class TextLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Of a stack trace: what is ours is at its head, the rest is the server's. */
  static final int FRAMES = 20;

  private static final int LEVEL_WIDTH = 5;

  private TextLine() {}

  static String of(ILoggingEvent event, Map<String, String> ids) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(event.getInstant(), line);
    String level = LineEncoder.level(event);
    line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length() + 1);
    line.append(shortName(event.getLoggerName())).append(' ');
    escape(String.valueOf(event.getFormattedMessage()), line);
    ids.forEach((key, value) -> {
      escape(key, line.append(' '));
      escape(value, line.append('='));
    });
    line.append('\n');
    String start = "  ";
    for (IThrowableProxy thrown = event.getThrowableProxy();
        thrown != null;
        thrown = thrown.getCause()) {
      trace(start, thrown, line);
      start = "  caused by ";
    }
    return line.toString();
  }

  private static void trace(String start, IThrowableProxy thrown, StringBuilder line) {
    line.append(start).append(thrown.getClassName()).append(": ");
    escape(String.valueOf(thrown.getMessage()), line);
    line.append('\n');
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    int own = Math.min(FRAMES, frames.length - thrown.getCommonFrames());
    for (int i = 0; i < own; i++) {
      line.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /**
   * Line ends, escapes of terminals, and what turns the direction of writing, as \\u and four
   * digits.
   */
  static void escape(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (isHarmful(letter)) {
        line.append("\\u%04x".formatted((int) letter));
      } else {
        line.append(letter);
      }
    }
  }

  private static boolean isHarmful(char letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          !Character.isSurrogate(letter);
      default -> false;
    };
  }
}
