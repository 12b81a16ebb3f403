package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mail.MailSender;
import io.freshet.mail.Mails;
import io.freshet.mail.Names;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Addresses and links of mails over HTTP; the test sends the mails into {@code /dev/mail}. */
class MailApiTest {
  private static final String PATH = "/api/v1/accounts/me/mail";
  private static final Pattern LINK =
      Pattern.compile("http://localhost(/mail/\\w+\\?token=[\\w.-]+)");

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();
  private static Mails mails;
  private static MailSender sender;

  @BeforeAll
  static void start() {
    mails = SITE.site().mail().mails();
    Names names = id -> Optional.of("ada" + id);
    sender =
        mails.sender(
            mails.kept(),
            mail -> Optional.empty(),
            names,
            new MailSender.Plan(Duration.ofMinutes(1), 100_000, Duration.ofHours(1)));
  }

  private static Answer set(Person person, String address) {
    return SITE.as(person).put(PATH, Map.of("address", address));
  }

  private static String state(Person person) {
    return SITE.as(person).get(PATH).text("state");
  }

  private static Answer post(String path) {
    return ANYONE.send("POST", path, BodyPublishers.noBody());
  }

  /** Sends what waits; the path in the newest mail. */
  private static String newestLink() {
    org.awaitility.Awaitility.await()
        .until(() -> {
          sender.runOnce();
          return mails.backlog().waiting() == 0;
        });
    long id = mails.kept().newest().getFirst().id();
    Answer text = ANYONE.get("/dev/mail/text?id=" + id);
    assertThat(text.header("Content-Type")).startsWith("text/plain");
    Matcher link = LINK.matcher(text.body());
    assertThat(link.find()).as(text.body()).isTrue();
    return link.group(1);
  }

  @Test
  void takesAnAddressOnceItsLinkIsConfirmed() {
    Person ada = SITE.person("Ada");
    assertThat(SITE.as(ada).get(PATH).json()).hasToString("{\"enabled\":true}");
    Answer set = set(ada, "ada@Example.org");
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.text("address")).isEqualTo("ada@example.org");
    assertThat(set.text("state")).isEqualTo("unconfirmed");
    String link = newestLink();
    Answer page = ANYONE.get(link);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<form method=\"post\">");
    assertThat(page.header("Content-Security-Policy")).contains("form-action 'self'");
    assertThat(state(ada)).as("a look changes nothing").isEqualTo("unconfirmed");
    assertThat(post(link).status()).isEqualTo(200);
    assertThat(state(ada)).isEqualTo("confirmed");
    assertThat(SITE.as(ada).delete(PATH).status()).isEqualTo(204);
    assertThat(SITE.as(ada).get(PATH).json().has("address")).isFalse();
    assertThat(post(link).status()).isEqualTo(404);
  }

  @Test
  void endsMailsByOneClickOfWhoIsNotSignedIn() {
    Person bob = SITE.person("Bob");
    mails.vouch(bob.id().value(), "bob@example.org");
    String link = mails.unsubscribeLink(bob.id().value()).replace("http://localhost", "");
    assertThat(ANYONE.get(link).body()).contains("Send me no more mail");
    assertThat(SITE.as(bob).get(PATH).json().path("answers").asBoolean(false)).isTrue();
    Answer click =
        ANYONE
            .with("Content-Type", "application/x-www-form-urlencoded")
            .send("POST", link, BodyPublishers.ofString("List-Unsubscribe=One-Click"));
    assertThat(click.status()).isEqualTo(200);
    assertThat(SITE.as(bob).get(PATH).json().path("answers").asBoolean(true)).isFalse();
    Answer on = SITE.as(bob).put(PATH + "/preferences", Map.of("answers", true));
    assertThat(on.json().path("answers").asBoolean(false)).isTrue();
  }

  @Test
  void refusesWhatIsNoAddressAndLinksThatAreNotOurs() {
    Person eve = SITE.person("Eve");
    for (String address : new String[] {"eve", "eve@x.org\r\nBcc: all@x.org", "a@b.org,c@d.org"}) {
      Answer refused = set(eve, address);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("address");
    }
    assertThat(SITE.as(eve).put(PATH + "/preferences", Map.of("answers", true)).status())
        .isEqualTo(404);
    String forged = "/mail/unsubscribe?token=u" + eve.id() + ".0." + "A".repeat(43);
    assertThat(post(forged).status()).isEqualTo(404);
    assertThat(post(forged).header("Content-Type")).isEqualTo("application/problem+json");
    Answer forPeople = ANYONE.with("Accept", "text/html,*/*;q=0.8").get(forged);
    assertThat(forPeople.status()).isEqualTo(404);
    assertThat(forPeople.body()).contains("not good any more").doesNotContain("<form");
    assertThat(post("/mail/confirm").status()).isEqualTo(400);
    assertThat(ANYONE.get(PATH).status()).isEqualTo(401);
  }

  @Test
  void showsWhatWouldHaveBeenSentInASandbox() {
    Person ada = SITE.person("Ada");
    set(ada, "shown@example.org");
    newestLink();
    Answer list = ANYONE.get("/dev/mail");
    assertThat(list.body()).contains("shown@example.org", "Is this your e-mail address?");
    long id = mails.kept().newest().getFirst().id();
    Answer html = ANYONE.get("/dev/mail/html?id=" + id);
    assertThat(html.header("Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
    assertThat(html.body())
        .as("no word that its sender could choose freely, for it may go to a stranger")
        .contains("ada" + ada.id())
        .doesNotContain("Ada");
    assertThat(ANYONE.get("/dev/mail/html?id=1").status()).isEqualTo(404);
    assertThat(ANYONE.get("/dev/mail/html").status()).isEqualTo(400);
  }
}
