package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Every operation of our description, called with its valid example and with one thing wrong,
 * twenty thousand times: never a fault, always an answer that the description knows and of the
 * shape that it gives, and every refusal a problem. What fails is shown as a line for a shell.
 *
 * <p>{@code freshet.fuzz.requests} and {@code freshet.fuzz.seed} set another number and other
 * chances.
 */
class OddRequestsTest {
  private static final int REQUESTS = Integer.getInteger("freshet.fuzz.requests", 20_000);
  private static final long SEED = Long.getLong("freshet.fuzz.seed", 5);

  /** Enough to keep two cores busy. */
  private static final int AT_ONCE = 3;

  private static final int SHOWN = 20;

  @Test
  void survivesWhateverIsSent() throws InterruptedException, ExecutionException {
    ApiDescription api = ApiDescription.ours();
    List<Operation> operations = api.operations();
    int each = (REQUESTS + operations.size() - 1) / operations.size();
    try (Database database = TestDatabase.open();
        TestSite site = TestSite.on(database);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Judge judge = new Judge(api);
      TestSite.Person other = site.person("Other");
      List<Future<Fuzzing>> running = new ArrayList<>();
      for (Operation operation : operations) {
        Fuzzing fuzzing = new Fuzzing(operation, site, judge, other, SEED);
        running.add(threads.submit(() -> fuzzing.run(each)));
      }
      report(running, each * operations.size());
    }
  }

  private static void report(List<Future<Fuzzing>> running, int expected)
      throws InterruptedException, ExecutionException {
    List<String> failures = new ArrayList<>();
    Map<Integer, Integer> statuses = new HashMap<>();
    for (Future<Fuzzing> future : running) {
      Fuzzing done = future.get();
      failures.addAll(done.failures());
      done.statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
    }
    int sent = statuses.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("OddRequestsTest: %,d requests, seed %d, answers %s%n", sent, SEED, statuses);
    assertThat(failures.stream().limit(SHOWN).toList())
        .as("%d of %d, seed %d", failures.size(), sent, SEED)
        .isEmpty();
    assertThat(sent).isGreaterThanOrEqualTo(expected);
  }
}
