package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Freshet and a mail server: from the answer to the mailbox. */
class MailJourneyTest {
  private static final String API = "/api/v1";
  private static final GreenMail POST =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @TempDir private Path home;

  private final Closing closing = new Closing();
  private App app;
  private TestClient anyone;

  @BeforeAll
  static void open() {
    POST.start();
  }

  @BeforeEach
  void start() {
    app = serve("post", POST.getSmtp().getPort());
    anyone = client(app);
  }

  private static TestClient client(App server) {
    return TestClient.to(server.httpPort().orElseThrow());
  }

  /** A Freshet of the test's own, whose mail goes to this port. */
  private App serve(String name, int port) {
    FreshetConfig config =
        FreshetConfig.load(
            Map.ofEntries(
                Map.entry("FRESHET_HOME", home.resolve(name).toString()),
                Map.entry("PORT", "0"),
                Map.entry("FRESHET_HTTP_HOST", "127.0.0.1"),
                Map.entry("FRESHET_HTTP_PUBLIC_URL", "https://feed.example"),
                Map.entry("FRESHET_LIMITS_ENABLED", "false"),
                Map.entry("DATABASE_URL", TestDatabase.url()),
                Map.entry("FRESHET_MAIL_URL", "smtp://127.0.0.1:" + port),
                Map.entry("FRESHET_MAIL_TIMEOUT_SECONDS", "1"),
                Map.entry("FRESHET_MAIL_FROM", "Freshet <news@feed.example>")),
            Map.of());
    return closing.add(App.serve(config, database -> {}));
  }

  @AfterEach
  void stop() {
    closing.close();
  }

  @AfterAll
  static void close() {
    POST.stop();
  }

  /** With an address that whoever runs the server vouches for. */
  private TestClient person(String handle) {
    app.call(
        "accounts.create",
        Json.MAPPER
            .createObjectNode()
            .put("handle", handle)
            .put("password", "a long enough password")
            .put("firstName", handle)
            .put("mail", handle + "@example.org"),
        Progress.SILENT);
    Map<String, String> words = Map.of("handle", handle, "password", "a long enough password");
    return anyone.as(anyone.post(API + "/sessions", words).text("token"));
  }

  private static String ask(TestClient person) {
    Map<String, String> draft =
        Map.of("title", "Why is the sky blue?", "body", "It is not at night.");
    return done(person.post(API + "/questions", draft)).text("id");
  }

  private static void answer(TestClient person, String question, String text) {
    done(person.post(API + "/questions/" + question + "/answers", Map.of("body", text)));
  }

  private static Answer done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }

  private static MimeMessage[] mailsTo(String handle) {
    return POST.getReceivedMessagesForDomain(handle + "@example.org");
  }

  @Test
  void mailsWhoAskedWithinSecondsAndNobodyOfTheirOwn() throws MessagingException {
    TestClient ada = person("ada");
    TestClient bob = person("bob");
    String question = ask(ada);
    answer(bob, question, "Air scatters *blue* light.");
    await().atMost(Duration.ofSeconds(5)).until(() -> mailsTo("ada").length == 1);
    assertThat(mailsTo("ada")[0].getSubject()).isEqualTo("bob answered \"Why is the sky blue?\"");
    answer(ada, question, "Thank you.");
    String other = ask(bob);
    answer(bob, other, "I found it myself.");
    for (int i = 0; i < 49; i++) {
      answer(bob, question, "And another thing, " + i);
    }
    await().until(() -> mailOf("freshet_mail_waiting") == 1);
    assertThat(mailsTo("ada")).as("the others are gathered").hasSize(1);
    assertThat(mailsTo("bob")).isEmpty();
    assertThat(mailOf("freshet_mail_sent_total")).isEqualTo(1);
  }

  /** It takes connections and never says a word. */
  @Test
  void aServerThatNeverAnswersDelaysMailAndNothingElse() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      app = serve("silent", silent.getLocalPort());
      anyone = client(app);
      TestClient carl = person("carl");
      TestClient dora = person("dora");
      answer(dora, ask(carl), "Soon.");
      await().until(() -> mailOf("freshet_mail_failed_total") > 0);
      done(dora.post(API + "/posts", Map.of("text", "As ever")));
      await()
          .untilAsserted(() ->
              assertThat(carl.get(API + "/notifications").json().at("/items/0/kind").asString())
                  .isEqualTo("answer"));
      assertThat(mailOf("freshet_mail_waiting")).isEqualTo(1);
      assertThat(mailOf("freshet_mail_sent_total")).isZero();
    }
  }

  private double mailOf(String metric) {
    return anyone
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
