package io.freshet.app.csv;

import io.freshet.platform.OperatorException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a file of posts has what.
 *
 * @param key names a post among those of its author; without it the text does
 * @param time how times are written; times without a zone are UTC
 */
public record PostColumns(
    String author, String text, String createdAt, Optional<String> key, DateTimeFormatter time) {

  /** A date, with a time after a T or a blank, with a zone. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  /**
   * Columns with a format of times.
   *
   * @param timeFormat a pattern of Java's DateTimeFormatter; empty: ISO 8601
   */
  public static PostColumns of(
      String author,
      String text,
      String createdAt,
      Optional<String> key,
      Optional<String> timeFormat) {
    try {
      DateTimeFormatter time =
          timeFormat
              .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
              .orElse(ISO);
      return new PostColumns(author, text, createdAt, key, time);
    } catch (IllegalArgumentException e) {
      throw new OperatorException(
          "\"" + timeFormat.orElse("") + "\" is no format of times: write it like M/d/yy H:mm.", e);
    }
  }

  /** None if the row has no time. */
  Optional<Instant> createdAt(CsvTable.Row row) {
    String text = row.text(createdAt);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      TemporalAccessor read =
          time.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
      return Optional.of(
          switch (read) {
            case ZonedDateTime at -> at.toInstant();
            case LocalDateTime at -> at.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(read).atStartOfDay(ZoneOffset.UTC).toInstant();
          });
    } catch (DateTimeParseException e) {
      throw row.bad(
          "the time \"" + text + "\" is not written as expected (--time-format tells how)");
    }
  }
}
