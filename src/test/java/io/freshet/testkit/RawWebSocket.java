package io.freshet.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A WebSocket client that writes and reads single frames, bad ones too. Reads wait 10 seconds at
 * most.
 */
public final class RawWebSocket implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** The example of RFC 6455, section 1.3. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final byte[] MASK = {1, 2, 3, 4};

  /** What came. */
  public record Frame(int opcode, boolean last, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** Of a close frame; 1005 if it bears none. */
    public int code() {
      return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    public String reason() {
      return payload.length < 2
          ? ""
          : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final List<String> head;

  private final ArrayDeque<String> messages = new ArrayDeque<>();

  private RawWebSocket(int port, int receiveBuffer, String request) throws IOException {
    this.socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    this.head = readHead();
  }

  /** Opens it with these headers besides those that a WebSocket must have. */
  public static RawWebSocket open(int port, String path, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return request(
        port,
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + KEY
            + "\r\n"
            + more
            + "\r\n",
        0);
  }

  /** Sends this request, whatever it is, and reads the answer's head. */
  public static RawWebSocket request(int port, String request, int receiveBuffer) {
    try {
      return new RawWebSocket(port, receiveBuffer, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int status() {
    return Integer.parseInt(head.getFirst().split(" ")[1]);
  }

  public Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  public void text(String text) {
    send(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void close(int code, String reason) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
    send(true, CLOSE, payload.toByteArray());
  }

  public void send(boolean last, int opcode, byte[] payload) {
    raw(frame((last ? 0x80 : 0) | opcode, payload));
  }

  /** A masked frame whose first byte is this one. */
  public static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i & 3]);
    }
    return frame.toByteArray();
  }

  public void raw(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next message in text: a frame may hold several, one a line. */
  public String message() {
    if (messages.isEmpty()) {
      messages.addAll(next().text().lines().toList());
    }
    return messages.remove();
  }

  public Frame next() {
    try {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      if ((second & 0x80) != 0) {
        throw new IllegalStateException("a server does not mask");
      }
      long length =
          switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second;
          };
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      return new Frame(first & 0x0F, (first & 0x80) != 0, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of TCP; false if anything else comes. */
  public boolean isDropped() {
    try {
      in.readByte();
      return false;
    } catch (EOFException | SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> readHead() throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    while (true) {
      char c = (char) in.readUnsignedByte();
      if (c == '\n') {
        if (line.isEmpty()) {
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      } else if (c != '\r') {
        line.append(c);
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
