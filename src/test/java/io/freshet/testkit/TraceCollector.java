package io.freshet.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * A collector of traces, which takes OTLP over HTTP in Protobuf and keeps every span. The numbers
 * of fields are those of opentelemetry-proto, {@code trace/v1/trace.proto}. Thread-safe.
 */
public final class TraceCollector implements AutoCloseable {
  /**
   * A span.
   *
   * @param parent hexadecimal; empty: the first of its trace
   * @param attributes with numbers as text
   * @param process the attributes of the resource
   */
  public record Span(
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> attributes,
      Map<String, String> process) {}

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private TraceCollector(HttpServer server) {
    this.server = server;
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  public static TraceCollector start() {
    try {
      return new TraceCollector(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code tracing.endpoint} is to be. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /** The header of that name of each request, as far as it was there. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** The names from the first span of the trace to the first that is named so; empty: none is. */
  public List<String> wayTo(String trace, String name) {
    List<String> way = new ArrayList<>();
    Optional<Span> at = first(span -> span.trace().equals(trace) && span.name().equals(name));
    while (at.isPresent()) {
      way.addFirst(at.get().name());
      String parent = at.get().parent();
      at = first(span -> span.trace().equals(trace) && span.id().equals(parent));
    }
    return way;
  }

  /** The span of the trace that is named so. */
  public Span span(String trace, String name) {
    return first(span -> span.trace().equals(trace) && span.name().equals(name)).orElseThrow();
  }

  private Optional<Span> first(java.util.function.Predicate<Span> which) {
    return spans.stream().filter(which).findFirst();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(authorizations::add);
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      read(packed ? new GZIPInputStream(body).readAllBytes() : body.readAllBytes());
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void read(byte[] request) throws InvalidProtocolBufferException {
    for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(request), 1)) {
      Map<String, String> process = new HashMap<>();
      for (UnknownFieldSet described : messages(resource, 1)) {
        process.putAll(attributes(described, 1));
      }
      for (UnknownFieldSet scope : messages(resource, 2)) {
        for (UnknownFieldSet span : messages(scope, 2)) {
          spans.add(span(span, process));
        }
      }
    }
  }

  private static Span span(UnknownFieldSet span, Map<String, String> process)
      throws InvalidProtocolBufferException {
    return new Span(
        hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes(span, 9), process);
  }

  private static Map<String, String> attributes(UnknownFieldSet in, int field)
      throws InvalidProtocolBufferException {
    Map<String, String> attributes = new HashMap<>();
    for (UnknownFieldSet attribute : messages(in, field)) {
      UnknownFieldSet value = messages(attribute, 2).getFirst();
      List<Long> numbers = value.getField(3).getVarintList();
      attributes.put(
          text(attribute, 1), numbers.isEmpty() ? text(value, 1) : numbers.getFirst().toString());
    }
    return attributes;
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field)
      throws InvalidProtocolBufferException {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : in.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(bytes));
    }
    return messages;
  }

  private static String hex(UnknownFieldSet in, int field) {
    return HexFormat.of().formatHex(bytes(in, field).toByteArray());
  }

  private static String text(UnknownFieldSet in, int field) {
    return bytes(in, field).toStringUtf8();
  }

  private static ByteString bytes(UnknownFieldSet in, int field) {
    List<ByteString> values = in.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
  }

  /** From here on it takes nothing. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
