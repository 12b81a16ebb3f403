package io.freshet.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads a JSON string and nothing that merely looks like one; refuses what PostgreSQL cannot hold:
 * NUL and halves of surrogate pairs. A string that is left out reads as empty.
 */
final class PlainText extends StdDeserializer<String> {
  static final String REFUSAL = "must not contain";

  PlainText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw MismatchedInputException.from(parser, String.class, "not a string");
    }
    String text = parser.getString();
    if (text.indexOf('\0') >= 0) {
      throw MismatchedInputException.from(parser, String.class, REFUSAL + " the character NUL");
    }
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw MismatchedInputException.from(
          parser, String.class, REFUSAL + " half of a surrogate pair");
    }
    return text;
  }

  /** Asked for a null that is there, which is no string, and for an optional one that is not. */
  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    if (context.getParser().currentToken() == JsonToken.VALUE_NULL) {
      throw MismatchedInputException.from(context.getParser(), String.class, "null");
    }
    return null;
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return "";
  }
}
