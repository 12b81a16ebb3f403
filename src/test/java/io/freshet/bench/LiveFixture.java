package io.freshet.bench;

import io.freshet.account.Tokens;
import io.freshet.live.LiveTokens;
import io.freshet.platform.Patience;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Freshet with the town of {@code bench/live}, what it needs, and crowds of its people. */
final class LiveFixture implements AutoCloseable {
  private static final String SECRET = "a secret of the benchmark, nobody else's";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Handshakes at once while nothing is measured but memory. */
  private static final int GENTLY = 200;

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LiveTokens liveTokens =
      new LiveTokens(LiveTokens.bytes(SECRET), true, InstantSource.system());
  private final Tokens tokens = new Tokens(LiveTokens.bytes(SECRET), DAY, InstantSource.system());
  private final LiveTown town;
  private final LiveNode node;

  private LiveFixture(LiveBench bench, LiveTown.Sizes sizes) throws IOException {
    empty(bench.home);
    Map<String, String> settings = new HashMap<>();
    if (bench.store == Store.REDIS) {
      settings.put("FRESHET_REDIS_URL", add(RedisServer.start()).url());
      settings.put("FRESHET_RABBITMQ_URL", add(RabbitServer.start()).url());
    }
    settings.put("FRESHET_SECRET", SECRET);
    settings.put("FRESHET_LIVE_TOKEN_SECRET", SECRET);
    settings.put("FRESHET_CELEBRITY_THRESHOLD", Integer.toString(sizes.celebrityThreshold()));
    System.err.println("Settling the people…");
    this.town = LiveTown.settle(sizes, bench.home, settings);
    List<String> options =
        Stream.concat(
                // The whole heap is resident from the beginning, so that what grows is not heap.
                Stream.of("-Xms" + bench.heap, "-Xmx" + bench.heap, "-XX:+AlwaysPreTouch"),
                Arrays.stream(bench.javaOptions))
            .toList();
    this.node = add(LiveNode.start(bench.home, settings, options));
  }

  static LiveFixture start(LiveBench bench, LiveTown.Sizes sizes) throws IOException {
    return new LiveFixture(bench, sizes);
  }

  LiveTown town() {
    return town;
  }

  LiveNode node() {
    return node;
  }

  /** These people's live clients, which begin to connect. */
  Crowd crowd(List<Long> people) throws IOException {
    Crowd crowd = new Crowd(node.port());
    crowd.open(
        people.stream().map(id -> liveTokens.issue(id.toString(), DAY, List.of())).toList(),
        GENTLY);
    return crowd;
  }

  LivePosts posts() {
    return new LivePosts(node.port(), tokens);
  }

  /** How many the server says that it holds. */
  int connections() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/metrics")).build();
    try {
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("freshet_live_connections "))
          .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Waits until it says so. */
  void awaitConnections(int wanted) {
    if (!Patience.await(PATIENCE, () -> connections() == wanted)) {
      throw new IllegalStateException(
          "the server holds %,d connections, not %,d".formatted(connections(), wanted));
    }
  }

  private static void empty(Path home) throws IOException {
    if (Files.exists(home)) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(home);
  }

  private <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  @Override
  public void close() {
    client.close();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("did not stop: " + e);
      }
    }
  }
}
