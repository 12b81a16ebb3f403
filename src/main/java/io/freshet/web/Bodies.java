package io.freshet.web;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads JSON bodies strictly: UTF-8 of at most 64 KB, one value, only known fields, each once, of
 * exactly its type, without NUL. Anything else is a problem that names the field.
 */
public final class Bodies {
  /**
   * The largest text we take is 1,000 characters: 64 KB leaves room for every escape and nothing
   * for a flood.
   */
  public static final int MAX_BYTES = 64 * 1024;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(
              new SimpleModule()
                  .addDeserializer(String.class, new PlainText())
                  .addDeserializer(LocalDate.class, IsoText.date())
                  .addDeserializer(Instant.class, IsoText.time()))
          .build();

  public <T> T read(ServerRequest request, Class<T> type) {
    requireJson(request);
    return parse(raw(request), type);
  }

  <T> T parse(byte[] bytes, Class<T> type) {
    requireUtf8(bytes);
    try {
      T body = mapper.readValue(bytes, type);
      if (body == null) {
        throw Problem.invalid("body", "must not be null").thrown();
      }
      return body;
    } catch (UnrecognizedPropertyException e) {
      throw Problem.invalid(path(e), "is not a known field").thrown();
    } catch (InvalidFormatException e) {
      throw Problem.invalid(path(e), "must be " + name(e.getTargetType())).thrown();
    } catch (MismatchedInputException e) {
      throw Problem.invalid(path(e), mismatch(e)).thrown();
    } catch (StreamReadException e) {
      throw Problem.invalid("body", "is not well-formed JSON: " + firstPart(e)).thrown();
    } catch (JacksonException e) {
      throw Problem.invalid("body", "cannot be read: " + firstPart(e)).thrown();
    }
  }

  private static void requireJson(ServerRequest request) {
    String type =
        request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    String plain = type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
    if (!plain.strip().equals("application/json")) {
      throw Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "Send the body with Content-Type: application/json")
          .thrown();
    }
  }

  /** The body as it is, at most {@link #MAX_BYTES}. */
  public static byte[] raw(ServerRequest request) {
    return raw(request, MAX_BYTES);
  }

  /** The body as it is; more than this is refused with 413. */
  public static byte[] raw(ServerRequest request, int most) {
    if (!request.content().hasEntity()) {
      throw Problem.invalid("body", "is missing").thrown();
    }
    try (var stream = request.content().inputStream()) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw Problem.of(ProblemKind.BODY_TOO_LARGE, "A body has at most " + most + " bytes")
            .thrown();
      }
      return bytes;
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the sender left in the middle of a body", e);
    } catch (NumberFormatException e) {
      throw Problem.invalid("body", "is not in well-formed chunks").thrown();
    }
  }

  private static void requireUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw Problem.invalid("body", "is not valid UTF-8").thrown();
    }
  }

  private static String mismatch(MismatchedInputException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Missing required creator property")) {
      return "is missing";
    }
    return message.startsWith(PlainText.REFUSAL) ? message : "must be " + name(e.getTargetType());
  }

  /** The parser's message without its remarks in brackets, which speak of the parser. */
  private static String firstPart(JacksonException e) {
    String message = e.getOriginalMessage();
    int remark = message.indexOf(" (");
    return remark < 0 ? message : message.substring(0, remark);
  }

  private static String name(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    return switch (type.getSimpleName()) {
      case "LocalDate" -> "a date like 2001-12-31";
      case "int" -> "a whole number";
      case "Boolean" -> "true or false";
      case "Instant" -> "a time like 2026-11-21T10:00:00Z";
      default -> "a JSON object";
    };
  }

  private static String path(DatabindException e) {
    String path =
        e.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : step.getPropertyName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }
}
