package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database is stopped under a running server and started again: 503 meanwhile, nothing lost,
 * and it recovers by itself.
 */
class DatabaseAwayTest {
  private static final Map<String, String> QUICK = Map.of("fsync", "off", "shared_buffers", "16MB");

  @Test
  void answers503WhileTheDatabaseIsAwayAndRecovers(@TempDir Path directory) throws Exception {
    EmbeddedPostgres first = EmbeddedPostgres.start(directory, QUICK);
    try (Detour detour = new Detour(port(first));
        Database database = Database.open(through(detour, first), 4)) {
      database.migrate();
      try (TestSite site = TestSite.on(database)) {
        Person person = site.person("Person");
        TestClient client = TestClient.to(site.port()).as(person.token());
        assertThat(client.post("/api/v1/posts", Map.of("text", "before")).status()).isEqualTo(201);

        first.close();
        List<Answer> away =
            List.of(
                client.post("/api/v1/posts", Map.of("text", "during")),
                client.post(
                    "/api/v1/sessions", Map.of("handle", "a_person", "password", "some password")),
                client.get("/health/ready"));
        assertThat(away).extracting(Answer::status).containsOnly(503);
        assertThat(away)
            .allSatisfy(answer -> assertThat(answer.header("Retry-After")).matches("[1-9]\\d*"));
        assertThat(away.getFirst().text("type")).isEqualTo("urn:freshet:problem:unavailable");
        Answer contract = client.post("/post/create", Map.of("text", "during"));
        assertThat(contract.status()).isEqualTo(503);
        assertThat(contract.text("message")).isNotEmpty();
        assertThat(contract.json().path("code").asInt()).isEqualTo(503);
        assertThat(contract.text("request_id")).isEqualTo(contract.header("X-Request-Id"));
        assertThat(contract.header("Retry-After")).matches("[1-4]");
        assertThat(client.get("/health/live").status()).isEqualTo(200);

        try (EmbeddedPostgres second = EmbeddedPostgres.start(directory, QUICK)) {
          detour.leadTo(port(second));
          await()
              .atMost(Duration.ofSeconds(20))
              .untilAsserted(() -> assertThat(client.get("/health/ready").status()).isEqualTo(200));
          assertThat(client.post("/api/v1/posts", Map.of("text", "after")).status()).isEqualTo(201);
          Answer page = client.get("/api/v1/accounts/me/posts");
          assertThat(page.json().path("items").valueStream().map(it -> it.path("text").asString()))
              .containsExactly("after", "before");
        }
      }
    }
  }

  private static int port(EmbeddedPostgres server) {
    return URI.create(server.address().jdbcUrl().substring("jdbc:".length())).getPort();
  }

  private static DatabaseAddress through(Detour detour, EmbeddedPostgres server) {
    String url =
        server.address().jdbcUrl().replace(":" + port(server) + "/", ":" + detour.port() + "/");
    return new DatabaseAddress(url, server.address().user(), server.address().password());
  }
}
