package io.freshet.web;

import io.freshet.platform.OperatorException;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.MDC;

/**
 * The HTTP server: one virtual thread a request. It routes to the resources, and whatever they
 * throw becomes a problem.
 */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** A browser's event source can say its first commands, token and all, in the address only. */
  private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

  private static final Http1Config HTTP1 =
      Http1Config.builder()
          .maxHeadersSize(MAX_HEADER_BYTES)
          .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
          .build();

  /** How a method that no route has is shown. */
  private static final String OTHER = "other";

  private final WebServer server;
  private final Problems problems;
  private final Envelope envelope;
  private final Traffic traffic;

  private HttpServer(
      HttpConfig config, List<Resource> resources, long firstRequestId, Traffic traffic) {
    this.traffic = traffic;
    this.problems = new Problems(traffic);
    this.envelope = new Envelope(firstRequestId);
    List<Route> routes =
        resources.stream().flatMap(resource -> resource.routes().stream()).toList();
    this.server =
        WebServer.builder()
            .port(config.port())
            .host(config.host())
            .shutdownHook(false)
            .shutdownGracePeriod(config.grace())
            .maxPayloadSize(largest(routes))
            .idleConnectionTimeout(config.idle())
            .idleConnectionPeriod(config.idle().dividedBy(4))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new DeadlineSelector(HTTP1, config.idle(), config.connections()))
            .directHandlers(transportProblems())
            .routing(routing(routes))
            .build();
  }

  /** Starts at once; a port that cannot be had is refused in a sentence for the operator. */
  public static HttpServer start(HttpConfig config, List<Resource> resources, long firstRequestId) {
    return start(config, resources, firstRequestId, Traffic.unseen());
  }

  /** Starts with its requests watched. */
  public static HttpServer start(
      HttpConfig config, List<Resource> resources, long firstRequestId, Traffic traffic) {
    requireFree(config);
    HttpServer http = new HttpServer(config, resources, firstRequestId, traffic);
    http.server.start();
    if (!http.server.isRunning()) {
      throw new OperatorException("The HTTP server did not start on port " + config.port() + ".");
    }
    return http;
  }

  /** Helidon only logs that it could not bind, so we try before it does. */
  private static void requireFree(HttpConfig config) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (BindException e) {
      String why =
          String.valueOf(e.getMessage()).contains("in use")
              ? "is in use"
              : "cannot be had (" + e.getMessage() + ")";
      throw new OperatorException(
          "Port "
              + config.port()
              + " "
              + why
              + ": stop what listens there, or choose another with PORT.",
          e);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot listen on " + config.host() + ": " + e.getMessage() + ".", e);
    }
  }

  public int port() {
    return server.port();
  }

  /** Takes no new requests, lets the running ones finish within the grace period, then closes. */
  @Override
  public void close() {
    server.stop();
  }

  private HttpRouting.Builder routing(List<Route> routes) {
    HttpRouting.Builder routing = HttpRouting.builder();
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Route route : routes.stream().filter(route -> !route.isElsewhere()).toList()) {
      TreeSet<String> allowed = methods.computeIfAbsent(route.path(), path -> new TreeSet<>());
      for (Method method : methods(route)) {
        routing.route(method, route.path(), watched(method, route.path(), route));
        allowed.add(method.text());
      }
    }
    methods.forEach((path, allowed) ->
        routing.any(
            path, traffic.over(OTHER, path, guarded(refuseMethod(String.join(", ", allowed))))));
    for (Route route : routes.stream().filter(Route::isElsewhere).toList()) {
      for (Method method : methods(route)) {
        routing.route(method, route.path(), watched(method, Traffic.NO_ROUTE, route));
      }
    }
    return routing.any(traffic.over(OTHER, Traffic.NO_ROUTE, guarded(HttpServer::refuseAddress)));
  }

  /** Who may ask for something may ask what would be answered. */
  private static List<Method> methods(Route route) {
    return route.method().equals(Method.GET)
        ? List.of(Method.GET, Method.HEAD)
        : List.of(route.method());
  }

  private Handler watched(Method method, String shownAs, Route route) {
    return traffic.over(
        method.text(), shownAs, guarded(route.handler(), route.mostBytes(), route.trouble()));
  }

  private static long largest(List<Route> routes) {
    return routes.stream().mapToLong(Route::mostBytes).max().orElse(Route.MOST_BYTES);
  }

  private static Handler refuseMethod(String allowed) {
    return (request, response) -> {
      throw Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "It takes " + allowed)
          .withHeader("Allow", allowed)
          .thrown();
    };
  }

  private static void refuseAddress(ServerRequest request, ServerResponse response) {
    throw Problem.noSuchAddress().thrown();
  }

  private Handler guarded(Handler handler) {
    return guarded(handler, Route.MOST_BYTES, Optional.empty());
  }

  private Handler guarded(Handler handler, long mostBytes, Optional<Route.Trouble> trouble) {
    return (request, response) -> {
      envelope.address(request, response);
      MDC.put("requestId", Envelope.requestId(response));
      try {
        if (request.headers().contentLength().orElse(0) > mostBytes) {
          problems.answer(request, response, Multipart.tooLarge("A body", mostBytes), trouble);
          throw new CloseConnectionException("a body that is too large to be read");
        }
        handler.handle(request, response);
      } catch (CloseConnectionException connectionIsGone) {
        throw connectionIsGone;
      } catch (RuntimeException e) {
        problems.answer(request, response, e, trouble);
      } finally {
        MDC.remove("requestId");
      }
    };
  }

  private DirectHandlers transportProblems() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, problems);
    }
    return handlers.build();
  }
}
