package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** More requests than the database can take: those that do not fit are refused in a moment. */
class OverloadTest {
  private static final int CONNECTIONS = 4;
  private static final int WAITING = 8;
  private static final int REQUESTS = 150;

  @Test
  void refusesWhatDoesNotFitAndAnswersTheRest() throws Exception {
    DatabaseAddress address = TestDatabase.address();
    try (Database other = Database.open(address, 1);
        Database database = Database.open(address, CONNECTIONS, WAITING);
        TestSite site = TestSite.on(database)) {
      Queue<Answer> answers = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      try (Handle stuck = other.jdbi().open()) {
        stuck.begin();
        stuck.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");
        for (int i = 0; i < REQUESTS; i++) {
          callers.add(
              Thread.ofVirtual()
                  .start(() ->
                      answers.add(
                          TestClient.to(site.port()).get("/api/v1/accounts?prefix=somebody"))));
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> answers.size() >= REQUESTS - CONNECTIONS - WAITING);
        assertThat(answers)
            .allSatisfy(answer -> {
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.header("Retry-After")).matches("[1-4]");
            });
        assertThat(database.refused()).isPositive();
        stuck.rollback();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(answers).extracting(Answer::status).isSubsetOf(200, 503).hasSize(REQUESTS);
      assertThat(answers).extracting(answer -> answer.header("Retry-After")).contains("1", "4");
      await()
          .untilAsserted(() ->
              assertThat(TestClient.to(site.port()).get("/api/v1/accounts?prefix=x").status())
                  .isEqualTo(200));
    }
  }
}
