package io.freshet.platform.log;

import io.freshet.platform.OperatorException;

/** How lines of the log are written. */
public enum LogFormat {
  /** For people: one line, its ids at the end. */
  TEXT,
  /** For programs: an object of JSON on each line. */
  JSON;

  /** Reads the setting {@code log.format}. */
  public static LogFormat parse(String name) {
    return switch (name) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new OperatorException("log.format must be text or json, not \"" + name + "\".");
    };
  }
}
