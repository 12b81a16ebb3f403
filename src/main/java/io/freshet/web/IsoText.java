package io.freshet.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;

/**
 * Reads a date or a time from an ISO 8601 string with a year of four digits, and from nothing else:
 * no numbers, no arrays.
 */
final class IsoText<T> extends StdDeserializer<T> {
  private final transient Function<String, T> read;

  private IsoText(Class<T> type, Function<String, T> read) {
    super(type);
    this.read = read;
  }

  static IsoText<LocalDate> date() {
    return new IsoText<>(LocalDate.class, LocalDate::parse);
  }

  static IsoText<Instant> time() {
    return new IsoText<>(Instant.class, Instant::parse);
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) {
    String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
    // Longer years have a sign, and PostgreSQL's time ends long before Java's.
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      try {
        return read.apply(text);
      } catch (DateTimeException notIso) {
        // falls through to the refusal below
      }
    }
    throw InvalidFormatException.from(parser, "not ISO 8601", text, handledType());
  }
}
