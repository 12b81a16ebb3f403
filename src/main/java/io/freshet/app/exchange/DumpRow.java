package io.freshet.app.exchange;

import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a dump's file; what is wrong with it is told with the file and the line.
 *
 * @param now what is dated later is wrong: it would stand above everything for years
 */
record DumpRow(Path file, int line, Map<String, String> fields, Instant now) {

  Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> bad("it has no " + name));
  }

  long number(String name) {
    return optionalNumber(name).orElseThrow(() -> bad("it has no " + name));
  }

  Optional<Long> optionalNumber(String name) {
    return text(name)
        .map(value -> {
          try {
            return Long.valueOf(value);
          } catch (NumberFormatException e) {
            throw bad(name + " is \"" + value + "\", which is no number");
          }
        });
  }

  Instant time(String name) {
    return optionalTime(name).orElseThrow(() -> bad("it has no " + name));
  }

  /** Of a time without a zone: UTC, to the millisecond. */
  Optional<Instant> optionalTime(String name) {
    return text(name)
        .map(value -> {
          try {
            Instant time = LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
            if (time.isBefore(Ids.FIRST)) {
              throw bad(name + " is " + value + ": what is older than 2008 cannot be kept");
            }
            if (time.isAfter(now)) {
              throw bad(name + " is " + value + ", which is yet to come");
            }
            return time;
          } catch (DateTimeParseException e) {
            throw bad(name + " is \"" + value + "\", not like 2018-03-12T17:00:45.567");
          }
        });
  }

  OperatorException bad(String what) {
    return bad(file, line, what);
  }

  static OperatorException bad(Path file, int line, String what) {
    return new OperatorException(
        file
            + ", line "
            + line
            + ": "
            + what
            + "; what was imported before stays, and the same command goes on from there.");
  }
}
