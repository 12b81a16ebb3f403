package io.freshet.bench;

import io.freshet.platform.Patience;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.ApiClient.Ask;
import io.freshet.testkit.ApiClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who post and read through all web nodes in turn. A post that is not acknowledged is sent
 * again with its idempotency key until it is. Threads: one a writer and a reader.
 */
final class DemoCrowd {
  private static final int WRITERS = 8;
  private static final int READERS = 4;

  /** Between two requests of one of them, on average. */
  private static final int PAUSE_MILLIS = 60;

  private static final Duration AGAIN = Duration.ofMillis(250);

  /** Every so many posts are the star's. */
  private static final int STAR_EVERY = 40;

  /** A person who can be posted or read as. */
  record Person(long id, String token) {}

  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger again = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger refusedReads = new AtomicInteger();
  final AtomicInteger wrong = new AtomicInteger();
  private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final ApiClient api = new ApiClient();
  private final List<String> addresses;
  private final List<Person> people;
  private final Person star;
  private final int posts;

  /**
   * @param posts how many are written in all
   */
  DemoCrowd(List<String> addresses, List<Person> people, Person star, int posts) {
    this.addresses = addresses;
    this.people = people;
    this.star = star;
    this.posts = posts;
  }

  void start() {
    for (int i = 0; i < WRITERS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      threads.add(Thread.ofVirtual().start(() -> write(random)));
    }
    for (int i = 0; i < READERS; i++) {
      SplittableRandom random = new SplittableRandom(-1 - i);
      threads.add(Thread.ofVirtual().start(() -> read(random)));
    }
  }

  /** Posts that were answered by 201. */
  int answered() {
    return answered.get();
  }

  List<Long> acknowledged() {
    return List.copyOf(acknowledged);
  }

  void stop() throws InterruptedException {
    stopped.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    api.close();
  }

  private void write(SplittableRandom random) {
    for (int n = begun.incrementAndGet(); n <= posts; n = begun.incrementAndGet()) {
      Person author = n % STAR_EVERY == 0 ? star : people.get(random.nextInt(people.size()));
      post(author, n, random);
      Patience.await(Duration.ofMillis(random.nextInt(2 * PAUSE_MILLIS)), stopped::get);
    }
  }

  private void post(Person author, int n, SplittableRandom random) {
    String body = "{\"text\":\"Post number " + n + " of the demo\"}";
    while (!stopped.get()) {
      String url = addresses.get(random.nextInt(addresses.size())) + "/api/v1/posts";
      try {
        Reply reply =
            api.send(
                Ask.of("POST", url, author.token(), body).with("Idempotency-Key", "demo-" + n));
        if (reply.isDone()) {
          acknowledged.add(Long.parseLong(reply.json().path("id").asString()));
          answered.incrementAndGet();
          return;
        }
        wrong.addAndGet(reply.status() == 503 ? 0 : 1);
      } catch (IOException e) {
        // No answer: it may have been made or not, and the key keeps it from being made twice.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      again.incrementAndGet();
      Patience.await(AGAIN, stopped::get);
    }
  }

  private void read(SplittableRandom random) {
    while (!stopped.get()) {
      Person reader = people.get(random.nextInt(people.size()));
      String url = addresses.get(random.nextInt(addresses.size())) + "/api/v1/feed";
      try {
        Reply reply = api.send(Ask.of("GET", url, reader.token(), ""));
        (reply.isDone() ? reads : refusedReads).incrementAndGet();
        wrong.addAndGet(reply.isDone() || reply.status() == 503 ? 0 : 1);
      } catch (IOException e) {
        refusedReads.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Patience.await(Duration.ofMillis(random.nextInt(2 * PAUSE_MILLIS)), stopped::get);
    }
  }
}
