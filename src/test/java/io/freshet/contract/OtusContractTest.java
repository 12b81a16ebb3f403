package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The public contract of the "Highload Architect" course: every operation, judged by its own file.
 */
class OtusContractTest {
  private static final String PASSWORD = "Секретная строка";
  private static OtusContract contract;
  private static Database database;
  private static TestSite site;
  private static TestClient anyone;
  private static int people;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Files.exists(OtusContract.FILE),
        "SKIPPED: the course contract is not part of this repository; put it at "
            + OtusContract.FILE
            + " to be tested against it");
    contract = OtusContract.read();
    database = TestDatabase.open();
    site = TestSite.on(database);
    anyone = TestClient.to(site.port());
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
      database.close();
    }
  }

  /** Someone who registered and signed in by the contract. */
  private record Person(String id, String token, TestClient client) {}

  private static Person person() {
    String name = "Имя" + people++;
    Answer registered = call(anyone, "post /user/register", registration(name));
    assertThat(registered.status()).as(registered.body()).isEqualTo(200);
    String id = registered.text("user_id");
    Answer login = call(anyone, "post /login", Map.of("id", id, "password", PASSWORD));
    return new Person(id, login.text("token"), anyone.as(login.text("token")));
  }

  private static Map<String, Object> registration(String name) {
    return Map.of(
        "first_name",
        name,
        "second_name",
        "Фамилия",
        "birthdate",
        "2017-02-01",
        "biography",
        "Хобби, интересы и т.п.",
        "city",
        "Москва",
        "password",
        PASSWORD);
  }

  private static Answer call(TestClient client, String operation, Object body) {
    return contract.call(client, operation, Optional.empty(), "", Optional.of(body));
  }

  private static Answer callFor(TestClient client, String operation, String id) {
    return contract.call(client, operation, Optional.of(id), "", Optional.empty());
  }

  private static String create(Person author, String text) {
    Answer created = call(author.client(), "post /post/create", Map.of("text", text));
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    return created.json().asString();
  }

  private static List<String> feed(Person reader, String query) {
    Answer answer =
        contract.call(reader.client(), "get /post/feed", Optional.empty(), query, Optional.empty());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return texts(answer.json());
  }

  private static List<String> texts(JsonNode posts) {
    List<String> texts = new ArrayList<>();
    posts.forEach(post -> texts.add(post.path("text").asString()));
    return texts;
  }

  @Test
  void drivesEveryOperation() {
    Person reader = person();
    Person author = person();
    findPeople(author);
    assertThat(callFor(reader.client(), "put /friend/set/{user_id}", author.id()).status())
        .isEqualTo(200);
    followAPost(reader, author);
    assertThat(callFor(reader.client(), "put /friend/delete/{user_id}", author.id()).status())
        .isEqualTo(200);
    talk(reader, author);
    assertThat(contract.driven()).isEqualTo(contract.operations()).hasSize(13);
  }

  private static void findPeople(Person author) {
    Answer user = callFor(anyone, "get /user/get/{id}", author.id());
    assertThat(user.text("second_name")).isEqualTo("Фамилия");
    assertThat(user.text("birthdate")).isEqualTo("2017-02-01");
    String query = "?first_name=%D0%98%D0%BC&last_name=%D0%A4%D0%B0%D0%BC";
    Answer found =
        contract.call(anyone, "get /user/search", Optional.empty(), query, Optional.empty());
    assertThat(found.json().size()).isGreaterThanOrEqualTo(2);
  }

  private static void followAPost(Person reader, Person author) {
    String post = create(author, "Lorem ipsum");
    assertThat(post).matches("\\d+");
    await().untilAsserted(() -> assertThat(feed(reader, "")).containsExactly("Lorem ipsum"));
    Map<String, String> change = Map.of("id", post, "text", "dolor");
    assertThat(call(author.client(), "put /post/update", change).status()).isEqualTo(200);
    Answer read = callFor(anyone, "get /post/get/{id}", post);
    assertThat(read.json().propertyNames())
        .containsExactlyInAnyOrder("id", "text", "author_user_id");
    assertThat(read.text("author_user_id")).isEqualTo(author.id());
    assertThat(feed(reader, "")).containsExactly("dolor");
    assertThat(callFor(author.client(), "put /post/delete/{id}", post).status()).isEqualTo(200);
    assertThat(feed(reader, "")).isEmpty();
  }

  private static void talk(Person one, Person other) {
    assertThat(send(one, other, "Привет, как дела?").status()).isEqualTo(200);
    assertThat(send(other, one, "Хорошо").status()).isEqualTo(200);
    JsonNode messages = callFor(other.client(), "get /dialog/{user_id}/list", one.id()).json();
    assertThat(texts(messages)).containsExactly("Привет, как дела?", "Хорошо");
    assertThat(messages.path(0).path("from").asString()).isEqualTo(one.id());
  }

  private static Answer send(Person from, Person to, String text) {
    return contract.call(
        from.client(),
        "post /dialog/{user_id}/send",
        Optional.of(to.id()),
        "",
        Optional.of(Map.of("text", text)));
  }

  @Test
  void takesOffsetAndLimitAsNumbersAndCapsTheLimit() {
    Person reader = person();
    Person author = person();
    callFor(reader.client(), "put /friend/set/{user_id}", author.id());
    List<String> newestFirst = new ArrayList<>();
    io.freshet.account.AccountId id = new io.freshet.account.AccountId(Long.parseLong(author.id()));
    for (int i = 1; i <= 130; i++) {
      site.site().posts().publish(id, "post " + i, Optional.empty());
      newestFirst.addFirst("post " + i);
    }
    await().untilAsserted(() -> assertThat(feed(reader, "?limit=1")).containsExactly("post 130"));
    await().untilAsserted(() -> assertThat(feed(reader, "?offset=120&limit=100")).hasSize(10));
    assertThat(feed(reader, "")).isEqualTo(newestFirst.subList(0, 10));
    assertThat(feed(reader, "?offset=5")).isEqualTo(newestFirst.subList(5, 15));
    assertThat(feed(reader, "?limit=3.0&offset=1e1")).isEqualTo(newestFirst.subList(10, 13));
    assertThat(feed(reader, "?limit=1000000000000")).isEqualTo(newestFirst.subList(0, 100));
    assertThat(feed(reader, "?offset=125&limit=20")).isEqualTo(newestFirst.subList(125, 130));
    assertThat(feed(reader, "?offset=130")).isEmpty();
    assertThat(feed(reader, "?offset=10000")).isEmpty();
  }

  @Test
  void goesOnPastTheCachedThousand() {
    Person reader = person();
    Person author = person();
    insertPosts(author, 1_050);
    callFor(reader.client(), "put /friend/set/{user_id}", author.id());
    assertThat(feed(reader, "?offset=1040&limit=20")).hasSize(10).last().isEqualTo("bulk 1");
  }

  /** Straight into the database: a thousand round trips are not what this is about. */
  private static void insertPosts(Person author, int count) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO post (id, author_id, text) SELECT i, ?, 'bulk ' || i FROM generate_series(1, ?) i",
                Long.parseLong(author.id()),
                count));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?offset=-1",
        "?offset=x",
        "?offset=0.5",
        "?offset=10001",
        "?limit=0",
        "?limit=-5",
        "?limit=",
        "?limit=1&limit=2",
        "?offset=1e99"
      })
  void refusesOtherOffsetsAndLimits(String query) {
    Answer answer =
        contract.callWithAnything(
            person().client(), "get /post/feed", Optional.empty(), query, Optional.empty());
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void answers404ToWhoCannotLogIn() {
    Person known = person();
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("id", known.id(), "password", "wrong password"),
            Map.of("id", "12345", "password", PASSWORD),
            Map.of("id", "e4d2e6b0-cde2-42c5-aac3-0b8316f21e58", "password", PASSWORD))) {
      assertThat(call(anyone, "post /login", body).status()).as(body.toString()).isEqualTo(404);
    }
    assertThat(callFor(anyone, "get /user/get/{id}", "12345").status()).isEqualTo(404);
    assertThat(
            callFor(anyone, "get /user/get/{id}", "e4d2e6b0-cde2-42c5-aac3-0b8316f21e58").status())
        .isEqualTo(404);
  }

  @Test
  void answers400WhereTheContractKnowsNo404() {
    Person person = person();
    String theirs = create(person(), "not yours");
    for (String operation :
        List.of("put /friend/set/{user_id}", "put /post/delete/{id}", "get /post/get/{id}")) {
      assertThat(callFor(person.client(), operation, "12345").status())
          .as(operation)
          .isEqualTo(400);
    }
    assertThat(callFor(person.client(), "put /post/delete/{id}", theirs).status()).isEqualTo(400);
    assertThat(
            call(person.client(), "put /post/update", Map.of("id", theirs, "text", "mine"))
                .status())
        .isEqualTo(400);
    assertThat(callFor(person.client(), "put /friend/set/{user_id}", person.id()).status())
        .isEqualTo(400);
    Answer message =
        contract.call(
            person.client(),
            "post /dialog/{user_id}/send",
            Optional.of("12345"),
            "",
            Optional.of(Map.of("text", "hello?")));
    assertThat(message.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "put /friend/set/{user_id}", "put /friend/delete/{user_id}", "put /post/delete/{id}",
        "get /post/feed",
    "post /dialog/{user_id}/send", "get /dialog/{user_id}/list", "post /post/create",
        "put /post/update"
  })
  void asksForAToken(String operation) {
    for (TestClient client :
        List.of(anyone, anyone.as("nonsense"), anyone.with("X-Auth", "nonsense"))) {
      Answer answer =
          contract.callWithAnything(client, operation, Optional.of("1"), "", Optional.empty());
      assertThat(answer.status()).as(operation).isEqualTo(401);
    }
  }

  @Test
  void readsAPostWithoutAToken() {
    assertThat(callFor(anyone, "get /post/get/{id}", create(person(), "public")).status())
        .isEqualTo(200);
  }

  @Test
  void refusesRegistrationsInTheContractsOwnWords() {
    Answer answer =
        contract.call(
            anyone,
            "post /user/register",
            Optional.empty(),
            "",
            Optional.of(Map.of("first_name", "", "password", PASSWORD)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("field").asString())
        .isEqualTo("first_name");
  }

  @Test
  void takesTheTokenInXAuthAndTheIdsInABody() {
    Person reader = person();
    Person author = person();
    TestClient client = anyone.with("X-Auth", reader.token());
    String post = create(author, "by body");
    assertThat(client.post("/friend/add", Map.of("user_id", author.id())).status()).isEqualTo(200);
    assertThat(feed(reader, "")).containsExactly("by body");
    assertThat(client.post("/friend/delete", Map.of("user_id", author.id())).status())
        .isEqualTo(200);
    assertThat(feed(reader, "")).isEmpty();
    assertThat(client.put("/friend/add/" + author.id()).status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(feed(reader, "")).containsExactly("by body"));
    assertThat(author.client().post("/post/delete", Map.of("id", post)).status()).isEqualTo(200);
    assertThat(feed(reader, "")).isEmpty();
  }
}
