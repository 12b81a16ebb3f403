package io.freshet.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Json;
import io.freshet.web.Bearer;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The page's addresses over HTTP, with a shell that needs no build. */
class PageTest {
  private static final String API = "/api/v1";
  private static final Pattern BOOT =
      Pattern.compile("<script type=\"application/json\" id=\"boot\">(.*?)</script>");
  private static final Pattern SCRIPT =
      Pattern.compile("<script|</script", Pattern.CASE_INSENSITIVE);

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String ask(Person author, String title, String body) {
    return SITE.as(author)
        .post(API + "/questions", Map.of("title", title, "body", body, "tags", List.of("sky")))
        .text("id");
  }

  private static String publish(Person author, String text) {
    return SITE.as(author).post(API + "/posts", Map.of("text", text)).text("id");
  }

  /** A browser in which the person has signed in. */
  private static TestClient browser(Person person) {
    String handle = SITE.as(person).get(API + "/accounts/me").text("handle");
    Answer in =
        ANYONE
            .with("Sec-Fetch-Site", "same-origin")
            .with("Origin", "http://127.0.0.1:" + SITE.port())
            .post(
                API + "/sessions",
                Map.of("handle", handle, "password", TestSite.PASSWORD, "cookie", true));
    assertThat(in.status()).as(in.body()).isEqualTo(201);
    return ANYONE.with("Cookie", in.header("Set-Cookie").split(";", 2)[0]);
  }

  private static JsonNode boot(Answer page) {
    Matcher boot = BOOT.matcher(page.body());
    assertThat(boot.find()).as(page.body()).isTrue();
    return Json.MAPPER.readTree(boot.group(1));
  }

  private static String meta(Answer page, String name) {
    Matcher meta =
        Pattern.compile("<meta (?:name|property)=\"" + name + "\" content=\"([^\"]*)\">")
            .matcher(page.body());
    return meta.find() ? meta.group(1) : "";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/me",
        "/questions",
        "/ask",
        "/tags/java",
        "/search?q=a",
        "/notifications",
        "/settings",
        "/settings/mail",
        "/sessions",
        "/sign-in",
        "/register",
        "/status"
      })
  void answersEachAddressWithTheShell(String path) {
    Answer page = ANYONE.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.body())
        .contains("<title>Freshet</title>", "/assets/app-1a2b3c4d.js", "needs JavaScript")
        .doesNotContain("page:head", "page:boot", "og:");
    assertThat(boot(page)).isEmpty();
    Answer head = ANYONE.send("HEAD", path, BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(ANYONE.post(path, "{}").status()).isEqualTo(405);
  }

  @Test
  void permitsThePageItsOwnScriptsOnly() {
    assertThat(ANYONE.get("/").header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
                + " img-src 'self' https: data: blob:; media-src 'self' blob:; connect-src 'self';"
                + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types freshet");
    assertThat(
            PagePolicy.of(
                    "https://cdn.example/x/media",
                    Optional.of("wss://live.example:8000/connection/websocket"))
                .get())
        .contains(
            "media-src 'self' blob: https://cdn.example;",
            "connect-src 'self' wss://live.example:8000 https://live.example:8000;");
  }

  @Test
  void tellsWhatAQuestionIsAboutAndItsFirstAnswers() {
    Person ann = SITE.person("Ann");
    String id = ask(ann, "Why is the \"sky\" blue?", "It is *not* blue at night.");
    SITE.as(ann).post(API + "/questions/" + id + "/answers", Map.of("body", "Because of **air**."));
    Answer page = ANYONE.with("Host-Is", "ignored").get("/questions/" + id);
    String address = "http://127.0.0.1:" + SITE.port() + "/questions/" + id;
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("<title>Why is the &quot;sky&quot; blue? – Freshet</title>")
        .contains("<link rel=\"canonical\" href=\"" + address.replace("=", "&#x3D;") + "\">")
        .contains("<h1>Why is the &quot;sky&quot; blue?</h1>", "<em>not</em> blue at night");
    assertThat(meta(page, "og:title")).isEqualTo("Why is the &quot;sky&quot; blue?");
    assertThat(meta(page, "og:description")).isEqualTo("It is not blue at night.");
    assertThat(meta(page, "description")).isEqualTo("It is not blue at night.");
    assertThat(meta(page, "og:url")).isEqualTo(address);
    assertThat(meta(page, "og:type")).isEqualTo("article");
    assertThat(meta(page, "og:site_name")).isEqualTo("Freshet");
    assertThat(meta(page, "twitter:card")).isEqualTo("summary");
    JsonNode boot = boot(page);
    assertThat(boot.propertyNames()).containsExactlyInAnyOrder("question", "answers");
    JsonNode api = ANYONE.get(API + "/questions/" + id).json();
    assertThat(boot.at("/question/body")).isEqualTo(api.path("body"));
    assertThat(boot.at("/question").propertyNames()).isEqualTo(api.propertyNames());
    assertThat(boot.path("answers"))
        .isEqualTo(ANYONE.get(API + "/questions/" + id + "/answers?page=1").json());
    assertThat(boot.at("/answers/items")).hasSize(1);
    Answer second = ANYONE.get("/questions/" + id + "?page=2");
    assertThat(boot(second).at("/answers/page").asInt()).isEqualTo(2);
    assertThat(meta(second, "og:url")).endsWith("/questions/" + id + "?page&#x3D;2");
  }

  @Test
  void tellsWhatAPostIsAbout() {
    Person bob = SITE.person("Bob");
    String id = publish(bob, "The first post\nof the day");
    Answer page = ANYONE.get("/posts/" + id);
    assertThat(page.body())
        .contains("<title>Bob Tester: The first post of the day – Freshet</title>")
        .contains("<p>The first post\nof the day</p>");
    assertThat(meta(page, "og:description")).isEqualTo("The first post of the day");
    assertThat(meta(page, "og:image")).isEmpty();
    assertThat(boot(page).path("post")).isEqualTo(ANYONE.get(API + "/posts/" + id).json());
    assertThat(boot(page).propertyNames()).containsExactly("post");
    String question = ask(bob, "Is this a post, too?", "Yes.");
    Answer moved = ANYONE.get("/posts/" + question);
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.header("Location")).isEqualTo("/questions/" + question);
    assertThat(moved.body()).isEmpty();
    assertThat(browser(bob).get("/posts/" + question).body()).isEmpty();
  }

  @Test
  void showsThePictureOfAPost() {
    Card card = Card.post("Bob", "/posts/1", "", Optional.of("/media/1.webp"));
    Shell shell = Shell.in(new PageFiles(TestSite.PAGE)).orElseThrow();
    Sheet sheet = Sheet.of(card, Json.MAPPER.createObjectNode());
    assertThat(html(new Cover(shell, Optional.of("https://feed.example")), sheet, "other.example"))
        .contains("<title>Bob – Freshet</title>")
        .contains("property=\"og:image\" content=\"https://feed.example/media/1.webp\"")
        .contains("content=\"summary_large_image\"")
        .contains("<link rel=\"canonical\" href=\"https://feed.example/posts/1\">");
    assertThat(html(new Cover(shell, Optional.empty()), sheet, "a\"><script>"))
        .contains("content=\"summary\"")
        .doesNotContain("og:image", "og:url", "canonical", "\"><script>\"");
  }

  private static String html(Cover cover, Sheet sheet, String host) {
    return new String(cover.of(sheet, host), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void namesThePersonOfAProfile() {
    Person cleo = SITE.person("Cleo");
    String handle = SITE.as(cleo).get(API + "/accounts/me").text("handle");
    SITE.as(cleo).put(API + "/accounts/me", Map.of("firstName", "Cleo", "biography", "A <queen>"));
    for (String list : List.of("", "/followers", "/followees")) {
      Answer page = ANYONE.get("/@" + handle + list);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("<title>Cleo (@" + handle + ") – Freshet</title>");
      assertThat(meta(page, "og:description")).isEqualTo("A &lt;queen&gt;");
      assertThat(meta(page, "og:url")).endsWith("/@" + handle + list);
    }
    assertThat(ANYONE.get("/@nobody_at_all").status()).isEqualTo(404);
    assertThat(ANYONE.get("/@" + "a".repeat(5_000)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"/@%00,404", "/@%0A,404", "/@a%00b,404", "/tags/%00,200", "/questions/%00,404"})
  void withstandsOddAddresses(String path, int status) {
    assertThat(ANYONE.get(path).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "--><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</noscript><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "<!-- page:boot --> and <!-- page:head -->",
        "{{{html}}} {{title}} $1 \\u003c",
        "line\u2028and\u2029paragraph &lt;b&gt;"
      })
  void letsNobodyWriteMarkup(String text) {
    Person eve = SITE.person("Eve");
    int scripts = scripts(ANYONE.get("/"));
    String question = ask(eve, "Is it? " + text, "`" + text + "`\n\n" + text);
    Answer page = ANYONE.get("/questions/" + question);
    assertThat(page.status()).isEqualTo(200);
    assertThat(scripts(page)).as(page.body()).isEqualTo(scripts);
    assertThat(boot(page).at("/question/title").asString()).isEqualTo("Is it? " + text);
    assertThat(BOOT.matcher(page.body()).results()).hasSize(1);
    Answer post = ANYONE.get("/posts/" + publish(eve, text));
    assertThat(scripts(post)).as(post.body()).isEqualTo(scripts);
    assertThat(boot(post).at("/post/text").asString()).isEqualTo(text);
    String raw = BOOT.matcher(post.body()).results().findFirst().orElseThrow().group(1);
    assertThat(raw).doesNotContain("<", ">", "&", "\u2028", "\u2029");
  }

  private static int scripts(Answer page) {
    return (int) SCRIPT.matcher(page.body()).results().count();
  }

  @Test
  void tellsWhoIsSignedInByTheCookieAlone() {
    Person ida = SITE.person("Ida");
    TestClient browser = browser(ida);
    JsonNode boot = boot(browser.get("/"));
    assertThat(boot.path("me")).isEqualTo(SITE.as(ida).get(API + "/accounts/me").json());
    assertThat(boot.path("unread").asInt(-1)).isZero();
    String id = ask(ida, "Who sees my vote?", "I do.");
    JsonNode mine = boot(browser.get("/questions/" + id));
    assertThat(mine.at("/question/viewer/vote").asInt(-1)).isZero();
    assertThat(mine.at("/me/id").asString()).isEqualTo(ida.id().toString());
    assertThat(boot(SITE.as(ida).get("/"))).as("a token opens no page").isEmpty();
    assertThat(ANYONE.as("no token").get("/").status()).isEqualTo(200);
    assertThat(
            browser
                .with("Sec-Fetch-Site", "same-origin")
                .delete(API + "/sessions/current")
                .status())
        .isEqualTo(204);
    assertThat(boot(browser.get("/"))).as("signed out").isEmpty();
  }

  @Test
  void countsWhatIsUnread() {
    Person joe = SITE.person("Joe");
    Person fan = SITE.person("Fan");
    assertThat(SITE.as(fan).put(API + "/accounts/me/follows/" + joe.id()).status()).isEqualTo(204);
    TestClient browser = browser(joe);
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(boot(browser.get("/")).path("unread").asInt()).isOne());
  }

  @Test
  void tellsNothingOfWhatOneMayNotSee() {
    Person kim = SITE.person("Kim");
    Person shut = SITE.person("Shut");
    String question = ask(kim, "Who may see my secret?", "Not everybody.");
    String post = publish(kim, "Another secret of mine");
    TestClient browser = browser(shut);
    assertThat(browser.get("/questions/" + question).status()).isEqualTo(200);
    String path = API + "/accounts/me/restrictions/" + shut.id();
    assertThat(SITE.as(kim).put(path).status()).isEqualTo(204);
    for (String address :
        List.of(
            "/questions/" + question,
            "/posts/" + post,
            "/posts/" + question,
            "/questions/4611686018427387904",
            "/questions/" + question + "?page=0",
            "/questions/" + post,
            "/questions/x",
            "/posts/0")) {
      Answer page = browser.get(address);
      assertThat(page.status()).as(address).isEqualTo(404);
      assertThat(page.body())
          .contains("<title>Freshet</title>")
          .doesNotContain("secret", "everybody", "og:", kim.id().toString());
      assertThat(boot(page).propertyNames()).containsExactlyInAnyOrder("me", "unread");
      assertThat(browser.send("HEAD", address, BodyPublishers.noBody()).status()).isEqualTo(404);
    }
    assertThat(SITE.as(kim).delete(API + "/questions/" + question).status()).isEqualTo(204);
    assertThat(ANYONE.get("/questions/" + question).body()).doesNotContain("secret");
  }

  @Test
  void countsALookAsAView() {
    Person lee = SITE.person("Lee");
    String id = ask(lee, "Does anybody look at this?", "At all?");
    String address = "/questions/" + id;
    TestClient person = ANYONE.with("Sec-Fetch-Dest", "document");
    browser(lee).with("Sec-Fetch-Dest", "document").get(address);
    ANYONE.get(address);
    ANYONE.with("Sec-Fetch-Dest", "empty").get(address);
    person.send("HEAD", address, BodyPublishers.noBody());
    person.get(address);
    SITE.site().asked().views().save();
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> assertThat(SITE.as(lee).get(API + address).json().path("views").asInt()).isOne());
  }

  @Test
  void showsBrowsersThatThereIsNothingAndTellsClients() {
    TestClient browser = ANYONE.with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    for (String path : List.of("/nothing/here", "/api/v1/nothing", "/index.html", "/@/x")) {
      Answer page = browser.get(path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.body()).contains("<title>Freshet</title>", "id=\"boot\"");
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
      for (Answer told : List.of(ANYONE.get(path), browser.post(path, "{}"))) {
        assertThat(told.status()).as(path).isEqualTo(404);
        assertThat(told.text("type")).isEqualTo("urn:freshet:problem:no-such-address");
      }
    }
    assertThat(browser.get("/login").status()).as("it takes another method").isEqualTo(405);
  }

  @Test
  void showsPeopleThatThereIsTrouble() {
    try (TestSite broken = TestSite.open()) {
      broken
          .database()
          .jdbi()
          .useHandle(handle -> handle.execute("ALTER TABLE account RENAME TO gone"));
      TestClient browser = broken.anyone().with("Accept", "text/html,*/*;q=0.8");
      Answer page = browser.get("/@somebody");
      assertThat(page.status()).isEqualTo(500);
      assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
      assertThat(boot(page).path("trouble").asInt()).isEqualTo(500);
      assertThat(browser.send("HEAD", "/@somebody", BodyPublishers.noBody()).status())
          .isEqualTo(500);
      assertThat(broken.anyone().get("/@somebody").text("type"))
          .isEqualTo("urn:freshet:problem:internal");
    }
  }

  @Test
  void saysSoIfItWasNotBuilt() {
    PageSite none = new PageSite(new PageFiles("/no/page"), Optional.empty());
    PageSite broken = new PageSite(new PageFiles("/page/broken"), Optional.empty());
    Bearer bearer = new Bearer(SITE.site().signIns().tokens(), SITE.site().signIns().sessions());
    io.freshet.web.Site site = SITE.site();
    PageFacts facts =
        new PageFacts(
            new io.freshet.web.api.AccountReads(site.accounts(), site.follows(), site.sights()),
            site.notifications(),
            new io.freshet.web.api.QuestionReads(site.asked(), site.sights(), site.accounts()),
            site.feeds(),
            new io.freshet.web.FeedPages(
                site.renderer(),
                new io.freshet.web.Moments(
                    site.interactions().counts(),
                    site.interactions().marks(),
                    site.asked().scores())));
    PageResource.Policy policy = new PageResource.Policy("/media", Optional.empty());
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(1));
    try (HttpServer server =
        HttpServer.start(config, List.of(new PageResource(none, facts, bearer, policy)), 1)) {
      Answer page = TestClient.to(server.port()).get("/questions");
      assertThat(page.status()).isEqualTo(503);
      assertThat(page.body()).contains("built without the page");
      assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Shell.in(broken.files()))
        .hasMessageContaining("page:head");
  }
}
