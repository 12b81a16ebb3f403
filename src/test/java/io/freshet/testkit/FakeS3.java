package io.freshet.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.platform.MediaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of an object store as we speak with: put, get by range, head, delete and list in one
 * bucket, refused without a signature. Whether a signature is right, a test of its own says.
 */
public final class FakeS3 implements AutoCloseable {
  private static final Pattern SIGNED =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=key/\\d{8}/eu/s3/aws4_request,"
              + "SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*,Signature=[0-9a-f]{64}");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final AtomicInteger faults = new AtomicInteger();
  private final HttpServer server;

  private FakeS3(HttpServer server) {
    this.server = server;
  }

  public static FakeS3 start() {
    try {
      FakeS3 fake =
          new FakeS3(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      fake.server.createContext("/bucket", fake::answer);
      fake.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      fake.server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MediaSettings.S3 settings() {
    return new MediaSettings.S3(
        "http://127.0.0.1:" + server.getAddress().getPort(), "eu", "bucket", "key", "secret");
  }

  /** The next so many requests get a 503. */
  public void fail(int requests) {
    faults.set(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        send(exchange, 503, new byte[0]);
      } else if (!SIGNED.matcher(signature).matches()) {
        send(exchange, 403, bytes("<Error><Code>AccessDenied</Code></Error>"));
      } else {
        String key = exchange.getRequestURI().getPath().replaceFirst("^/bucket/?", "");
        switch (exchange.getRequestMethod()) {
          case "PUT" -> {
            objects.put(key, body);
            send(exchange, 200, new byte[0]);
          }
          case "DELETE" -> {
            objects.remove(key);
            send(exchange, 204, new byte[0]);
          }
          default -> read(exchange, key);
        }
      }
    }
  }

  private void read(HttpExchange exchange, String key) throws IOException {
    byte[] object = objects.get(key);
    if (key.isEmpty()) {
      send(exchange, 200, list(exchange.getRequestURI().getQuery()));
    } else if (object == null) {
      send(exchange, 404, bytes("<Error><Code>NoSuchKey</Code></Error>"));
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + object.length);
      exchange.sendResponseHeaders(200, -1);
    } else {
      Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
      if (!range.matches()) {
        send(exchange, 400, new byte[0]);
        return;
      }
      int end = Math.min(object.length, Integer.parseInt(range.group(2)) + 1);
      send(exchange, 206, Arrays.copyOfRange(object, Integer.parseInt(range.group(1)), end));
    }
  }

  private byte[] list(String query) {
    String after = query.replaceFirst("(?:.*&)?start-after=([^&]*).*|.*", "$1");
    int limit = Integer.parseInt(query.replaceFirst("(?:.*&)?max-keys=(\\d+).*", "$1"));
    List<String> keys = objects.tailMap(after, false).keySet().stream().limit(limit).toList();
    return bytes(
        keys.stream()
            .map(key -> "<Contents><Key>" + key + "</Key><Size>1</Size></Contents>")
            .collect(
                Collectors.joining(
                    "", "<?xml version=\"1.0\"?><ListBucketResult>", "</ListBucketResult>")));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
