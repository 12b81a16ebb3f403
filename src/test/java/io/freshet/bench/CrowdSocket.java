package io.freshet.bench;

import io.freshet.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One client of the crowd: opens a WebSocket, connects with its token, answers pings, and holds the
 * events it hears against the offsets of their channels. For the crowd's thread only.
 */
final class CrowdSocket {
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] END_OF_HEAD = bytes("\r\n\r\n");
  private static final byte[] SWITCHING = bytes("HTTP/1.1 101 ");
  private static final byte[] PUSH = bytes("{\"push\":{");
  private static final byte[] CHANNEL = bytes("\"channel\":\"");
  private static final byte[] OFFSET = bytes("\"offset\":");
  private static final byte[] POST = bytes("\"post\":\"");
  private static final byte[] INSERTED = bytes("\"inserted\"");

  /** A frame from a client is masked; with zeros it stays as it is. */
  private static final byte[] PONG = frame("{}");

  private static final byte[] HELLO =
      bytes(
          """
          GET /connection/websocket HTTP/1.1\r
          Host: 127.0.0.1\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r
          \r
          """);

  /** Where a client stands in a channel that the server has subscribed it to. */
  private static final class Place {
    final String epoch;
    long offset;

    Place(String epoch, long offset) {
      this.epoch = epoch;
      this.offset = offset;
    }
  }

  private final String token;
  private final CrowdEars ears;
  private final Map<String, Place> places = new HashMap<>(2);
  private Optional<SocketChannel> channel = Optional.empty();
  private byte[] kept = NOTHING;
  private boolean isUpgraded;
  private boolean isOpen;

  CrowdSocket(String token, CrowdEars ears) {
    this.token = token;
    this.ears = ears;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Begins anew on another connection, and will ask for what it has missed. */
  void use(SocketChannel another) {
    channel = Optional.of(another);
    kept = NOTHING;
    isUpgraded = false;
    isOpen = false;
  }

  void sayHello() throws IOException {
    write(HELLO);
  }

  /** Cuts the connection, as a network does that breaks. */
  void cut() {
    isOpen = false;
    channel.ifPresent(CrowdSocket::close);
  }

  private static void close(SocketChannel open) {
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what has come.
   *
   * @return false if the server has left
   */
  boolean read(ByteBuffer buffer, long now) throws IOException {
    buffer.clear().put(kept);
    int count = channel.orElseThrow().read(buffer);
    if (count < 0) {
      return false;
    }
    buffer.flip();
    byte[] all = new byte[buffer.remaining()];
    buffer.get(all);
    int done = isUpgraded ? 0 : upgrade(all);
    if (isUpgraded) {
      done = frames(all, done, now);
    }
    kept = done == all.length ? NOTHING : Arrays.copyOfRange(all, done, all.length);
    return true;
  }

  private int upgrade(byte[] all) throws IOException {
    int end = indexOf(all, END_OF_HEAD, 0, all.length);
    if (end < 0) {
      return 0;
    }
    if (indexOf(all, SWITCHING, 0, SWITCHING.length) != 0) {
      throw new IOException("refused: " + new String(all, StandardCharsets.UTF_8));
    }
    isUpgraded = true;
    write(frame(connect()));
    return end + END_OF_HEAD.length;
  }

  private String connect() {
    StringBuilder subs = new StringBuilder();
    places.forEach((name, place) ->
        subs.append(subs.isEmpty() ? "" : ",")
            .append(
                "\"%s\":{\"recover\":true,\"epoch\":\"%s\",\"offset\":%d}"
                    .formatted(name, place.epoch, place.offset)));
    return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\",\"subs\":{" + subs + "}}}";
  }

  private int frames(byte[] all, int from, long now) throws IOException {
    int at = from;
    while (at + 2 <= all.length) {
      int length = all[at + 1] & LENGTH;
      int head = 2;
      if (length == LENGTH_IN_8_BYTES) {
        head = 10;
        length = at + head > all.length ? 0 : ByteBuffer.wrap(all, at + 6, 4).getInt();
      } else if (length == LENGTH_IN_2_BYTES) {
        head = 4;
        length = at + head > all.length ? 0 : ByteBuffer.wrap(all, at + 2, 2).getShort() & 0xFFFF;
      }
      if (at + head + length > all.length) {
        return at;
      }
      switch (all[at] & 0xF) {
        case TEXT -> lines(all, at + head, at + head + length, now);
        case CLOSE ->
            throw new IOException(
                "closed with " + (ByteBuffer.wrap(all, at + head, 2).getShort() & 0xFFFF));
        default -> throw new IOException("an unknown frame: " + all[at]);
      }
      at += head + length;
    }
    return at;
  }

  private void lines(byte[] all, int from, int to, long now) throws IOException {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && all[end] != '\n') {
        end++;
      }
      line(all, at, end, now);
      at = end + 1;
    }
  }

  private void line(byte[] all, int from, int to, long now) throws IOException {
    if (to - from == 2) {
      write(PONG);
    } else if (indexOf(all, PUSH, from, from + PUSH.length) == from) {
      push(all, from, to, now);
    } else {
      reply(Json.read(Arrays.copyOfRange(all, from, to), JsonNode.class), now);
    }
  }

  /** Picks three words out of the text: reading all of it would slow the clients down. */
  private void push(byte[] all, int from, int to, long now) throws IOException {
    int name = indexOf(all, CHANNEL, from, to) + CHANNEL.length;
    int end = name;
    while (all[end] != '"') {
      end++;
    }
    String called = new String(all, name, end - name, StandardCharsets.US_ASCII);
    long offset = number(all, OFFSET, end, to);
    Place place = places.get(called);
    if (place == null || offset < 0) {
      throw new IOException(
          "unexpected: " + new String(all, from, to - from, StandardCharsets.UTF_8));
    }
    if (offset != place.offset + 1) {
      ears.gap();
    }
    place.offset = offset;
    if (indexOf(all, INSERTED, end, to) > 0) {
      ears.heard(number(all, POST, end, to), now);
    }
  }

  private void reply(JsonNode reply, long now) throws IOException {
    JsonNode subs = reply.path("connect").path("subs");
    if (subs.isMissingNode()) {
      throw new IOException("refused: " + reply);
    }
    subs.forEachEntry((name, sub) -> subscribed(name, sub, now));
    isOpen = true;
    ears.opened();
  }

  private void subscribed(String name, JsonNode sub, long now) {
    if (sub.path("was_recovering").asBoolean(false) && !sub.path("recovered").asBoolean(false)) {
      ears.anew();
    }
    Place place = new Place(sub.path("epoch").asString(""), sub.path("offset").asLong(0));
    for (JsonNode publication : sub.path("publications")) {
      long offset = publication.path("offset").asLong();
      if (offset != place.offset + 1) {
        ears.gap();
      }
      place.offset = offset;
      JsonNode data = publication.path("data");
      if (data.path("event").asString("").equals("inserted")) {
        ears.heard(Long.parseLong(data.path("post").asString()), now);
      }
    }
    places.put(name, place);
  }

  /** What is said is so short that the system takes it at once. */
  private void write(byte[] bytes) throws IOException {
    if (channel.orElseThrow().write(ByteBuffer.wrap(bytes)) != bytes.length) {
      throw new IOException("the server does not read");
    }
  }

  private static byte[] frame(String text) {
    byte[] payload = bytes(text);
    boolean isLong = payload.length >= LENGTH_IN_2_BYTES;
    ByteBuffer frame = ByteBuffer.allocate(payload.length + (isLong ? 8 : 6));
    frame.put((byte) (LAST | TEXT));
    frame.put((byte) (MASKED | (isLong ? LENGTH_IN_2_BYTES : payload.length)));
    if (isLong) {
      frame.putShort((short) payload.length);
    }
    return frame.putInt(0).put(payload).array();
  }

  /** The number after this, or -1. */
  private static long number(byte[] in, byte[] after, int from, int to) {
    int at = indexOf(in, after, from, to);
    if (at < 0) {
      return -1;
    }
    long number = 0;
    for (at += after.length; at < to && in[at] >= '0' && in[at] <= '9'; at++) {
      number = 10 * number + in[at] - '0';
    }
    return number;
  }

  private static int indexOf(byte[] in, byte[] wanted, int from, int to) {
    int last = Math.min(to, in.length) - wanted.length;
    for (int at = from; at <= last; at++) {
      if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
