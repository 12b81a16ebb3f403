package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import io.freshet.bench.LiveTown.Author;
import io.freshet.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/**
 * Requests to the server as its users send them: posts at a fixed rate, and feeds that are read.
 */
final class LivePosts implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Feeds read at once. */
  private static final int READERS = 8;

  private static final int BUSY = 503;

  /**
   * A post that was answered.
   *
   * @param sent nanoseconds of {@link System#nanoTime}, as is {@code answered}
   */
  record Sent(Author author, long sent, long answered) {}

  private final URI address;
  private final Tokens tokens;
  private final SplittableRandom random = new SplittableRandom(2);
  private final Map<Long, Sent> posts = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Optional<Exception> failure = Optional.empty();

  LivePosts(int port, Tokens tokens) {
    this.address = URI.create("http://127.0.0.1:" + port);
    this.tokens = tokens;
  }

  /** Posts by authors at random, at this rate whatever the answers, until told to stop. */
  void run(List<Author> authors, int rate, BooleanSupplier goesOn) {
    Map<Long, String> bearers = new ConcurrentHashMap<>();
    LongFunction<String> bearer =
        id -> bearers.computeIfAbsent(id, each -> tokens.issue(new AccountId(each)));
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (long i = 0; goesOn.getAsBoolean(); i++) {
        waitUntil(start + i * TimeUnit.SECONDS.toNanos(1) / rate);
        Author author = authors.get(random.nextInt(authors.size()));
        String token = bearer.apply(author.id());
        writers.execute(() -> tryPost(author, token));
      }
    }
    failIfBroken();
  }

  /** One post, answered when this returns. */
  void post(Author author) {
    tryPost(author, tokens.issue(new AccountId(author.id())));
    failIfBroken();
  }

  private void tryPost(Author author, String token) {
    try {
      HttpRequest request =
          to("/api/v1/posts", token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"text\":\"" + BenchTown.TEXT + "\"}"))
              .build();
      long sent = System.nanoTime();
      Optional<byte[]> answer = send(request);
      if (answer.isEmpty()) {
        refused.incrementAndGet();
        return;
      }
      long answered = System.nanoTime();
      long id = Long.parseLong(Json.read(answer.get(), JsonNode.class).path("id").asString());
      posts.put(id, new Sent(author, sent, answered));
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each of these reads its feed once, as whoever goes live has done. */
  void readFeeds(List<Long> readers) {
    try (ExecutorService all = Executors.newFixedThreadPool(READERS)) {
      for (long reader : readers) {
        all.execute(() -> readFeed(reader));
      }
    }
    failIfBroken();
  }

  private void readFeed(long reader) {
    try {
      send(to("/api/v1/feed?limit=20", tokens.issue(new AccountId(reader))).build());
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder to(String path, String token) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  /** Empty if the server has more to do than it can; nothing is written then. */
  private Optional<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() == BUSY) {
      return Optional.empty();
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("answered " + answer.statusCode());
    }
    return Optional.of(answer.body());
  }

  private void failIfBroken() {
    failure.ifPresent(e -> {
      throw new IllegalStateException("a request failed: " + e.getMessage(), e);
    });
  }

  /** The answered posts by id. */
  Map<Long, Sent> posts() {
    return posts;
  }

  /** Posts that the server has refused to take because it was busy. */
  int refused() {
    return refused.get();
  }

  /** How many events the answered posts are to make. */
  long eventsDue() {
    return posts.values().stream().mapToLong(post -> post.author().followers()).sum();
  }

  private static void waitUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
