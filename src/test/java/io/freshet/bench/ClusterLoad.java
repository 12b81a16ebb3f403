package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests to a web process by a few clients that never rest, each on a connection of its own. */
final class ClusterLoad {
  private static final int CLIENTS = 8;

  private final URI address;
  private final Tokens tokens =
      new Tokens(
          MeasuredCluster.SECRET.getBytes(StandardCharsets.UTF_8),
          Duration.ofDays(1),
          InstantSource.system());

  ClusterLoad(int port) {
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  /** What is sent, signed once: signing is not what is measured. */
  List<String> sign(List<Long> accounts) {
    return accounts.stream().map(id -> tokens.issue(new AccountId(id))).toList();
  }

  HttpRequest post(String token, String text) {
    return HttpRequest.newBuilder(address.resolve("/api/v1/posts"))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
        .build();
  }

  HttpRequest page(String token) {
    return HttpRequest.newBuilder(address.resolve("/api/v1/feed?limit=20"))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  /** Sends requests 0 to {@code count} and fails unless each is answered 2xx. */
  void send(int count, IntFunction<HttpRequest> request) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all =
          IntStream.range(0, CLIENTS)
              .<Future<?>>mapToObj(i -> clients.submit(() -> run(next, count, request)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Void run(AtomicInteger next, int count, IntFunction<HttpRequest> request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        var answer = client.send(request.apply(i), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
          throw new IOException(answer.statusCode() + " " + answer.body());
        }
      }
      return null;
    }
  }
}
