package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people and their enemies write, through every text field that the description has and back:
 * it is kept as it is, unit by unit, and it is told as JSON and nothing else.
 */
class PayloadCorpusTest {
  private static final ApiDescription API = ApiDescription.ours();
  private static final List<String> PAYLOADS = Payloads.all();

  /** What such a field holds is not shown to anybody. */
  private static final List<String> SECRETS = List.of("assword", "oken", "current", "userAgent");

  /** Where a text can be read that the answer neither shows nor names by its Location. */
  private static final Map<String, BiFunction<Reply, Call, String>> READ_AT =
      Map.of(
          // Answers with the page of a text, not the text.
          "previewBody", (reply, call) -> "",
          "otusRegister", (reply, call) -> "/user/get/" + reply.json().path("user_id").asString(),
          "otusCreatePost", (reply, call) -> "/post/get/" + reply.json().asString(),
          "otusUpdatePost",
              (reply, call) ->
                  "/post/get/" + Json.MAPPER.readTree(call.body()).path("id").asString(),
          "otusSendMessage", (reply, call) -> call.path().replace("/send", "/list"));

  private static final Pattern SCRIPT =
      Pattern.compile("<script|</script", Pattern.CASE_INSENSITIVE);

  private static final Pattern BOOT = Pattern.compile("id=\"boot\">([^<]*)</script>");

  private static Database database;
  private static TestSite site;
  private static RawHttp http;
  private static Examples examples;
  private static Person writer;
  private static Person other;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database);
    http = new RawHttp(site.port());
    examples = new Examples(API, new Things(http));
    writer = site.person("Writer");
    other = site.person("Other");
  }

  @AfterAll
  static void stop() {
    http.close();
    site.close();
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> comeBackAsTheyWere() {
    return API.operations().stream()
        .filter(operation -> !textFields(operation).isEmpty())
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> check(operation)));
  }

  @Test
  void areManyAndGoThroughManyFields() {
    assertThat(PAYLOADS).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(API.operations().stream().mapToInt(operation -> textFields(operation).size()).sum())
        .isGreaterThan(15);
  }

  private static void check(Operation operation) {
    Person subject =
        examples.isAboutAThing(operation) && examples.kind(operation) == Things.Kind.ACCOUNT
            ? other
            : writer;
    Call valid = examples.valid(operation, writer, subject);
    for (String payload : PAYLOADS) {
      Call call =
          operation.path().endsWith("register") || operation.path().endsWith("accounts")
              ? examples.valid(operation, writer, subject)
              : valid;
      ObjectNode body = (ObjectNode) Json.MAPPER.readTree(call.body());
      textFields(operation).forEach(field -> body.put(field, payload));
      Call sent = call.bytes(Json.bytes(body));
      Reply reply = http.send(sent);
      String what = sent.curl(site.port()) + "\n-> " + reply;
      if (reply.status() == 400 && payload.chars().anyMatch(Character::isISOControl)) {
        continue; // names are one line
      }
      assertThat(reply.isGood()).as(what).isTrue();
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      readBack(operation, reply, sent, payload, what);
    }
  }

  private static void readBack(
      Operation operation, Reply reply, Call sent, String payload, String what) {
    String place = reply.header("Location");
    if (READ_AT.containsKey(operation.id())) {
      place = READ_AT.get(operation.id()).apply(reply, sent);
    } else {
      holds(operation, reply, payload, what);
    }
    if (!place.isEmpty()) {
      Reply read = http.send(Call.of("GET", place).as(writer.token()));
      assertThat(read.status()).as(place).isEqualTo(200);
      holds(operation, read, payload, what);
    }
  }

  private static void holds(Operation operation, Reply reply, String payload, String what) {
    assertThat(reply.type()).as(what).isEqualTo("application/json");
    JsonNode json = reply.json();
    JsonNode item = json.isArray() ? json.path(json.size() - 1) : json;
    for (String field : textFields(operation)) {
      JsonNode told = item.path(field);
      JsonNode text = told.isObject() ? told.path("text") : told;
      assertThat(text.asString("(not there: tell READ_AT where it is read)"))
          .as("%s of %s", field, what)
          .isEqualTo(payload);
    }
  }

  /** Strings of the body that hold what people write. */
  private static List<String> textFields(Operation operation) {
    JsonNode properties = operation.body().path("properties");
    return properties.propertyNames().stream()
        .filter(field -> SECRETS.stream().noneMatch(field::contains))
        .filter(field -> isText(API.resolve(properties.path(field))))
        .filter(field -> !List.of("id", "user_id", "handle", "new").contains(field))
        .toList();
  }

  private static boolean isText(JsonNode schema) {
    return schema.path("type").asString("").equals("string")
        && !schema.has("pattern")
        && !schema.has("format")
        && !schema.has("enum")
        && !schema.has("const");
  }

  /** Whatever a question is called, its page holds as many scripts as one without it. */
  @Test
  void areNoMarkupOnThePage() {
    long scripts = scripts(http.send(Call.of("GET", "/")));
    for (String payload : PAYLOADS) {
      if (payload.length() < 100 && payload.chars().noneMatch(Character::isISOControl)) {
        Map<String, ?> draft =
            Map.of("title", "Is it " + payload, "body", payload, "tags", List.of());
        Call ask = Call.of("POST", "/api/v1/questions").json(Json.bytes(draft));
        Reply asked = http.send(ask.as(writer.token()));
        assertThat(asked.isGood()).as("%s", asked).isTrue();
        Reply page = http.send(Call.of("GET", "/questions/" + asked.json().path("id").asString()));
        assertThat(page.status()).isEqualTo(200);
        assertThat(scripts(page)).as("%s", page).isEqualTo(scripts);
        Matcher boot = BOOT.matcher(page.body());
        assertThat(boot.find()).isTrue();
        assertThat(Json.MAPPER.readTree(boot.group(1)).at("/question/title").asString())
            .isEqualTo("Is it " + payload.stripTrailing());
      }
    }
  }

  private static long scripts(Reply page) {
    return SCRIPT.matcher(page.body()).results().count();
  }

  /** A prefix is text: nobody is found by it whose name does not begin with it. */
  @Test
  void findNobodyElseAsAPrefix() {
    for (String payload : PAYLOADS) {
      // The replacement character stands for what was no UTF-8.
      if (payload.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
        String path = "/api/v1/accounts?limit=100&prefix=" + encoded(payload);
        Reply reply = http.send(Call.of("GET", path));
        assertThat(reply.status()).as("%s -> %s", path, reply).isEqualTo(200);
        String wanted = payload.strip().toLowerCase(Locale.ROOT);
        assertThat(reply.json().path("items"))
            .allSatisfy(item ->
                assertThat(
                        Stream.of("handle", "firstName", "lastName")
                            .map(name -> item.path(name).asString().toLowerCase(Locale.ROOT)))
                    .as(path)
                    .anyMatch(name -> sharesBeginning(name, wanted)));
      }
    }
  }

  /**
   * PostgreSQL and Java differ in the lower case of a few letters; the beginning is what counts.
   */
  private static boolean sharesBeginning(String name, String wanted) {
    return name.startsWith(wanted)
        || name.codePointAt(0) > 0x7F
        || wanted.codePoints().anyMatch(point -> point > 0x7F);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
