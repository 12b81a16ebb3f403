package io.freshet.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.account.AccountException;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The second, tiny HTTP listener: loopback only, a port and a bearer secret of its own. {@code POST
 * /operation} runs one and answers a line of JSON for each step, at last {@code {"result":...}} or
 * {@code {"error":"..."}}.
 */
final class Management implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Management.class);
  private static final int MAX_REQUEST_BYTES = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Operation> operations;
  private final String secret;

  private Management(Map<String, Operation> operations) throws IOException {
    this.operations = Map.copyOf(operations);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext("/operation", this::handle);
    server.start();
  }

  static Management start(Map<String, Operation> operations) {
    try {
      return new Management(operations);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot open the management interface: " + e.getMessage() + ".", e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String secret() {
    return secret;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!authorized(exchange)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES);
      exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        answer(body, out);
      }
    }
  }

  private boolean authorized(HttpExchange exchange) {
    String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        ("Bearer " + secret).getBytes(StandardCharsets.UTF_8));
  }

  private void answer(byte[] body, OutputStream out) throws IOException {
    ObjectNode last = Json.MAPPER.createObjectNode();
    try {
      JsonNode request = Json.MAPPER.readTree(body);
      last.set("result", run(request, (what, done, total) -> progress(out, what, done, total)));
    } catch (OperatorException | AccountException | JacksonException e) {
      last.put("error", e.getMessage());
    } catch (UncheckedIOException e) {
      LOG.info("whoever asked has gone away");
      return;
    } catch (RuntimeException e) {
      LOG.error("a management operation failed", e);
      last.put("error", "It failed: " + e + ".");
    }
    line(out, last);
  }

  private JsonNode run(JsonNode request, Progress progress) {
    String name = request.path("operation").asString("");
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new OperatorException(
          "The running Freshet knows no operation \"" + name + "\": it may be of another version.");
    }
    return operation.run(request.path("arguments"), progress);
  }

  private static void progress(OutputStream out, String what, long done, long total) {
    ObjectNode step = Json.MAPPER.createObjectNode();
    step.put("step", what).put("done", done).put("total", total);
    try {
      line(out, step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(OutputStream out, JsonNode json) throws IOException {
    synchronized (out) {
      out.write(Json.bytes(json));
      out.write('\n');
      out.flush();
    }
  }
}
