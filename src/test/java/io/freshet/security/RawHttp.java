package io.freshet.security;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that says what it is told to, HTTP or not, over one connection that it opens anew when
 * the server has closed it. For one thread.
 */
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  RawHttp(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  Reply send(Call call) {
    return send(call.wire(port), call.method().equals("HEAD"));
  }

  /** Bytes as they are, and the answer to them. */
  Reply send(byte[] request, boolean isHead) {
    try {
      boolean fresh = socket == null;
      try {
        return exchange(request, isHead);
      } catch (IOException e) {
        drop();
        if (fresh) {
          throw e;
        }
        return exchange(request, isHead); // the server had closed the connection in between
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply exchange(byte[] request, boolean isHead) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.getOutputStream().write(request);
    Reply reply = read(isHead);
    if (reply.header("Connection").equalsIgnoreCase("close")) {
      drop();
    }
    return reply;
  }

  private Reply read(boolean isHead) throws IOException {
    String status = line();
    int code = Integer.parseInt(status.split(" ", 3)[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), it -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    boolean bare = isHead || code == 204 || code == 304 || code < 200;
    return new Reply(code, headers, bare ? new byte[0] : body(headers));
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
    }
    if (!headers.containsKey("transfer-encoding")) {
      byte[] rest = in.readAllBytes();
      drop();
      return rest;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      whole.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return whole.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server has hung up");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private void drop() {
    Socket gone = socket;
    socket = null;
    in = InputStream.nullInputStream();
    if (gone != null) {
      try {
        gone.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    drop();
  }
}
