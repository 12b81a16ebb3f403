package io.freshet.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.freshet.platform.MailSettings;
import io.freshet.platform.MailSettings.Smtp;
import io.freshet.platform.MailSettings.Tls;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The talk with mail servers: a real one, and some that answer as no good one does. */
class SmtpMailerTest {
  private static final Links LINKS = new Links("https://feed.example");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T03:00:00Z"));
  private static final Letter LETTER =
      new Letter(
          77,
          1,
          "ada@example.org",
          new MailText("Ответ: \"Why?\"", "Because. Потому что.\n", "<p>Потому что.</p>"),
          Optional.of("https://feed.example/mail/unsubscribe?token=u1.0.x"));

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static SmtpMailer mailer(int port, Optional<String> user) {
    Smtp smtp = new Smtp("127.0.0.1", port, user, user.map(it -> "secret"), Tls.IF_OFFERED);
    MailSettings settings =
        new MailSettings(Optional.of(smtp), "Freshet <news@feed.example>", false, 15, 120, 24, 1);
    return new SmtpMailer(settings, LINKS, CLOCK);
  }

  @Test
  void sendsTextAndHtmlWithALinkThatEndsIt() throws Exception {
    SmtpMailer mailer = mailer(server.getSmtp().getPort(), Optional.empty());
    assertThat(mailer.send(LETTER)).isEqualTo(new Sending.Sent());
    assertThat(mailer.send(LETTER)).isEqualTo(new Sending.Sent());
    MimeMessage got = server.getReceivedMessages()[0];
    assertThat(got.getSubject()).isEqualTo("Ответ: \"Why?\"");
    assertThat(got.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ada@example.org");
    assertThat(got.getFrom()[0]).hasToString("Freshet <news@feed.example>");
    assertThat(got.getHeader("List-Unsubscribe", null))
        .isEqualTo("<https://feed.example/mail/unsubscribe?token=u1.0.x>");
    assertThat(got.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    assertThat(got.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    MimeMultipart parts = (MimeMultipart) got.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent().toString().strip())
        .isEqualTo("Because. Потому что.");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Потому что.</p>");
    assertThat(got.getMessageID()).isEqualTo("<freshet.77@feed.example>");
    assertThat(server.getReceivedMessages()[1].getMessageID()).isEqualTo(got.getMessageID());
  }

  @Test
  void signsInWhereItIsToldTo() {
    server.setUser("news@feed.example", "news", "secret");
    SmtpMailer good = mailer(server.getSmtp().getPort(), Optional.of("news"));
    assertThat(good.send(LETTER)).isEqualTo(new Sending.Sent());
    SmtpMailer wrong = mailer(server.getSmtp().getPort(), Optional.of("nobody"));
    assertThat(wrong.send(LETTER))
        .isInstanceOfSatisfying(
            Sending.Later.class,
            later -> {
              assertThat(later.isServers()).isTrue();
              assertThat(later.why()).doesNotContain("secret");
            });
  }

  @Test
  void comesBackLaterToAServerThatIsDown() {
    int port = server.getSmtp().getPort();
    server.stop();
    assertThat(mailer(port, Optional.empty()).send(LETTER))
        .isInstanceOfSatisfying(
            Sending.Later.class, later -> assertThat(later.isServers()).isTrue());
  }

  @Test
  void waitsForAServerThatNeverAnswersNoLongerThanItsTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Instant begin = Instant.now();
      Sending result = mailer(silent.getLocalPort(), Optional.empty()).send(LETTER);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(result)
          .isInstanceOfSatisfying(
              Sending.Later.class, later -> assertThat(later.isServers()).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL|530 5.7.0 sign in first|servers",
        "MAIL|451 try later|later",
        "MAIL|550 we do not like you|refused",
        "RCPT|450 mailbox busy|later",
        "RCPT|452 4.2.2 mailbox full|later",
        "RCPT|550 5.1.1 no such user|no mailbox",
        "RCPT|551 not here|no mailbox",
        "RCPT|554 5.7.1 relay access denied|later",
        "RCPT|550 5.7.1 blocked by policy|later",
        "DATA|451 try later|later",
        "DATA|554 no|refused",
        ".|421 closing down|servers",
        ".|452 disk full|later",
        ".|554 5.7.1 spam|refused",
        "NONE|250 fine|sent",
        "QUIT|500 what|sent"
      })
  void readsRefusals(String at, String reply, String meaning) throws Exception {
    try (OddMailServer odd = OddMailServer.start(Map.of(at, reply))) {
      Sending result = mailer(odd.port(), Optional.empty()).send(LETTER);
      String read =
          switch (result) {
            case Sending.Sent() -> "sent";
            case Sending.Later(String why, boolean isServers) -> isServers ? "servers" : "later";
            case Sending.Refused(String why) -> "refused";
            case Sending.NoMailbox(String why) -> "no mailbox";
          };
      assertThat(read).as("%s", result).isEqualTo(meaning);
    }
  }
}
