package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.ranking.QuestionRows;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Popular tags and best members over HTTP. */
class RankingsApiTest {
  private static final String TAGS = "/api/v1/rankings/tags";
  private static final String MEMBERS = "/api/v1/rankings/members";

  private final Database database = TestDatabase.open();
  private final TestSite site = TestSite.on(database);
  private final TestClient anyone = TestClient.to(site.port());
  private final QuestionRows rows = new QuestionRows(database.jdbi());
  private final Instant now = InstantSource.system().instant();

  @AfterEach
  void stop() {
    site.close();
    database.close();
  }

  private static List<String> all(Answer answer, String field) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> values = new ArrayList<>();
    answer.json().path("items").forEach(item -> values.add(item.path(field).asString()));
    return values;
  }

  @Test
  void showsTheTagsWithTheirQuestions() {
    Person author = site.person("Ada");
    rows.question(author.id().value(), now, 0, false, List.of("java", "sql"));
    rows.question(author.id().value(), now, 0, false, List.of("sql"));
    JsonNode ranking = anyone.get(TAGS).json();
    assertThat(Instant.parse(ranking.path("computedAt").asString())).isAfterOrEqualTo(now);
    assertThat(ranking.path("items").toString())
        .isEqualTo("[{\"tag\":\"sql\",\"questions\":2},{\"tag\":\"java\",\"questions\":1}]");
  }

  @Test
  void showsThePeopleWithTheirScore() {
    Person ada = site.person("Ada");
    rows.question(ada.id().value(), now, 7, false, List.of());
    JsonNode item = anyone.get(MEMBERS).json().path("items").path(0);
    assertThat(item.path("id").asString()).isEqualTo(ada.id().toString());
    assertThat(item.path("name").asString()).isEqualTo("Ada Tester");
    assertThat(item.path("handle").asString()).isNotEmpty();
    assertThat(item.path("score").asLong()).isEqualTo(7);
  }

  @Test
  void sendsWhatTheCallerHasOnlyOnce() {
    for (String path : List.of(TAGS, MEMBERS)) {
      String etag = anyone.get(path).header("ETag");
      assertThat(anyone.with("If-None-Match", etag).get(path).status()).isEqualTo(304);
      site.site().rankings().refreshTags();
      site.site().rankings().refreshMembers();
      assertThat(anyone.with("If-None-Match", etag).get(path).status())
          .as("computed anew")
          .isEqualTo(200);
    }
  }

  @Test
  void leavesOutWhomTheReaderDoesNotSeeAndWhoHasLeftButShowsTenOthers() {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      people.add(site.person("Person"));
      rows.question(people.getLast().id().value(), now, 100 - i, false, List.of());
    }
    List<String> ids = people.stream().map(person -> person.id().toString()).toList();
    assertThat(all(anyone.get(MEMBERS), "id")).isEqualTo(ids.subList(0, 10));

    Person reader = site.person("Reader");
    TestClient client = anyone.as(reader.token());
    site.site().restrictions().restrict(people.get(0).id(), reader.id(), Optional.empty());
    site.site().mutes().mute(reader.id(), people.get(1).id(), Optional.empty());
    assertThat(all(client.get(MEMBERS), "id")).isEqualTo(ids.subList(2, 12));
    assertThat(all(anyone.get(MEMBERS), "id")).isEqualTo(ids.subList(0, 10));

    Answer removed =
        anyone
            .as(people.get(2).token())
            .json("DELETE", "/api/v1/accounts/me", Map.of("password", TestSite.PASSWORD));
    assertThat(removed.status()).as(removed.body()).isEqualTo(204);
    assertThat(all(client.get(MEMBERS), "id")).isEqualTo(ids.subList(3, 13));
  }

  @Test
  void refusesATokenThatIsNotValid() {
    assertThat(anyone.as("nonsense").get(TAGS).status()).isEqualTo(401);
    assertThat(anyone.as("nonsense").get(MEMBERS).status()).isEqualTo(401);
  }
}
