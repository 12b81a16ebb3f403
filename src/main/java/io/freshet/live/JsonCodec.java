package io.freshet.live;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.HistoryResult;
import io.freshet.live.protocol.PresenceResult;
import io.freshet.live.protocol.Reply;
import io.freshet.platform.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * The same messages as JSON: fields by their names in the schema, zero and empty ones left out,
 * maps as objects, and fields of bytes as the JSON that they hold, to the byte. Unknown fields are
 * passed over, as in Protobuf.
 */
public final class JsonCodec {
  private JsonCodec() {}

  static List<Command> commands(byte[] frame) throws MalformedException {
    List<Command> commands = new ArrayList<>(1);
    try (JsonParser json = parser(frame)) {
      while (json.nextToken() != null) {
        Command.Builder command = Command.newBuilder();
        new Reader(json, frame).read(command);
        commands.add(command.build());
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedException("not a JSON command", e);
    }
    return commands;
  }

  static byte[] encode(Reply reply) {
    return write(reply);
  }

  /** Fills the message from one JSON object. */
  public static void read(byte[] json, Message.Builder message) throws MalformedException {
    try (JsonParser parser = parser(json)) {
      parser.nextToken();
      new Reader(parser, json).read(message);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The message as one JSON object. */
  public static byte[] write(MessageOrBuilder message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json =
        Json.MAPPER.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(message, json);
    }
    return bytes.toByteArray();
  }

  private static JsonParser parser(byte[] json) {
    return Json.MAPPER.tokenStreamFactory().createParser(ObjectReadContext.empty(), json);
  }

  private record Reader(JsonParser json, byte[] source) {
    /** From the brace that the parser stands on to the one that closes it. */
    void read(Message.Builder message) {
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        require(json.currentToken() == JsonToken.PROPERTY_NAME);
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(json.currentName());
        json.nextToken();
        if (field == null || json.currentToken() == JsonToken.VALUE_NULL) {
          json.skipChildren();
        } else if (field.isMapField()) {
          readMap(message, field);
        } else if (field.isRepeated()) {
          readList(message, field);
        } else {
          message.setField(field, value(message, field));
        }
      }
    }

    private void readMap(Message.Builder message, FieldDescriptor field) {
      require(json.currentToken() == JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        Message.Builder entry = message.newBuilderForField(field);
        entry.setField(field.getMessageType().findFieldByName("key"), json.currentName());
        json.nextToken();
        FieldDescriptor values = field.getMessageType().findFieldByName("value");
        entry.setField(values, value(entry, values));
        message.addRepeatedField(field, entry.build());
      }
    }

    private void readList(Message.Builder message, FieldDescriptor field) {
      require(json.currentToken() == JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        message.addRepeatedField(field, value(message, field));
      }
    }

    private Object value(Message.Builder parent, FieldDescriptor field) {
      return switch (field.getJavaType()) {
        case MESSAGE -> {
          Message.Builder built = parent.newBuilderForField(field);
          read(built);
          yield built.build();
        }
        case BYTE_STRING -> raw();
        case STRING -> text();
        case BOOLEAN -> {
          require(json.currentToken().isBoolean());
          yield json.getBooleanValue();
        }
        case INT -> (int) number(field, 0xFFFF_FFFFL);
        case LONG -> number(field, Long.MAX_VALUE);
        default -> throw new IllegalArgumentException("no such type in the schema");
      };
    }

    private String text() {
      require(json.currentToken() == JsonToken.VALUE_STRING);
      return json.getString();
    }

    private long number(FieldDescriptor field, long most) {
      require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
      long number = json.getLongValue();
      if (number > most || (number < 0 && !isSigned(field))) {
        throw new IllegalArgumentException(field.getName() + " is out of range");
      }
      return number;
    }

    private static boolean isSigned(FieldDescriptor field) {
      return field.getType() == FieldDescriptor.Type.INT32
          || field.getType() == FieldDescriptor.Type.INT64;
    }

    private ByteString raw() {
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        json.getString(); // strings are read to their end only when asked for
      }
      int to = (int) json.currentLocation().getByteOffset();
      byte[] value = Arrays.copyOfRange(source, from, to);
      for (int i = 0; i < value.length; i++) {
        if (value[i] == '\n' || value[i] == '\r') {
          value[i] = ' '; // between tokens, for strings hold none; a newline would end the message
        }
      }
      return ByteString.copyFrom(value);
    }

    private static void require(boolean wellFormed) {
      if (!wellFormed) {
        throw new IllegalArgumentException("a field has another type");
      }
    }
  }

  private static void write(MessageOrBuilder message, JsonGenerator json) {
    json.writeStartObject();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      json.writeName(field.getName());
      if (field.isMapField()) {
        writeMap((List<?>) entry.getValue(), json);
      } else if (field.isRepeated()) {
        json.writeStartArray();
        ((List<?>) entry.getValue()).forEach(value -> writeValue(field, value, json));
        json.writeEndArray();
      } else {
        writeValue(field, entry.getValue(), json);
      }
    }
    writeEmpty(message, json);
    json.writeEndObject();
  }

  /** Nobody there, and nothing there, are said: clients walk through these without a look. */
  private static void writeEmpty(MessageOrBuilder message, JsonGenerator json) {
    switch (message) {
      case PresenceResult result when result.getPresenceCount() == 0 -> {
        json.writeName("presence");
        json.writeStartObject();
        json.writeEndObject();
      }
      case HistoryResult result when result.getPublicationsCount() == 0 -> {
        json.writeName("publications");
        json.writeStartArray();
        json.writeEndArray();
      }
      default -> {}
    }
  }

  private static void writeMap(List<?> entries, JsonGenerator json) {
    json.writeStartObject();
    for (Object entry : entries) {
      MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
      json.writeName(String.valueOf(pair.getKey()));
      writeValue(pair.getDescriptorForType().findFieldByName("value"), pair.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void writeValue(FieldDescriptor field, Object value, JsonGenerator json) {
    switch (value) {
      case MessageOrBuilder message -> write(message, json);
      case ByteString bytes -> writeRaw(bytes, json);
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number when field.getType() == FieldDescriptor.Type.UINT32 ->
          json.writeNumber(Integer.toUnsignedLong(number));
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      default -> throw new IllegalStateException(field.getFullName());
    }
  }

  /** What came over a Protobuf connection need not be JSON: then it is shown as a string. */
  private static void writeRaw(ByteString bytes, JsonGenerator json) {
    String text = bytes.toStringUtf8();
    if (isJson(bytes.toByteArray())) {
      json.writeRawValue(text);
    } else {
      json.writeString(text);
    }
  }

  /** Whether these bytes are one JSON value on one line. */
  static boolean isJson(byte[] bytes) {
    try (JsonParser json = parser(bytes)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        json.getString();
      }
      for (byte b : bytes) {
        if (b == '\n' || b == '\r') {
          return false;
        }
      }
      return json.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
