package io.freshet.mail;

import io.freshet.platform.MailSettings;
import io.freshet.platform.MailSettings.Smtp;
import io.freshet.platform.MailSettings.Tls;
import io.freshet.platform.OperatorException;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail over SMTP, each over a connection of its own: as many at once as there are threads
 * that send. Connecting and each answer of the server have a time limit. Thread-safe.
 */
public final class SmtpMailer implements Mailer {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailer.class);
  private static final String UTF_8 = "UTF-8";

  private final Smtp server;
  private final InternetAddress from;
  private final String host;
  private final InstantSource clock;
  private final Session session;

  /** Sends by these settings, which name a server; mails are named after this host. */
  public SmtpMailer(MailSettings settings, Links links, InstantSource clock) {
    this.server = settings.smtp().orElseThrow();
    this.from = sender(settings.from());
    this.host = links.host();
    this.clock = clock;
    this.session = session(server, Duration.ofSeconds(settings.timeoutSeconds()));
  }

  /** Of an address, or a name and an address in angle brackets. */
  private static InternetAddress sender(String from) {
    int begin = from.lastIndexOf('<');
    try {
      return begin < 0
          ? new InternetAddress(from, true)
          : new InternetAddress(
              from.substring(begin + 1, from.length() - 1),
              from.substring(0, begin).strip(),
              UTF_8);
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new OperatorException("mail.from has no address that mail can come from.", e);
    }
  }

  @Override
  public Sending send(Letter letter) {
    boolean isSent = false;
    try (Transport transport = session.getTransport()) {
      MimeMessage message = message(letter);
      transport.connect(
          server.host(), server.port(), server.user().orElse(null), server.password().orElse(null));
      transport.sendMessage(message, new Address[] {new InternetAddress(letter.to())});
      isSent = true;
    } catch (MessagingException e) {
      if (!isSent) {
        return SmtpReplies.meaning(e);
      }
      LOG.debug("the mail server took the mail and did not part well: {}", e.toString());
    }
    return new Sending.Sent();
  }

  private MimeMessage message(Letter letter) throws MessagingException {
    MimeMessage message = new NamedMessage(session, "<freshet." + letter.id() + "@" + host + ">");
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
    message.setSubject(letter.says().subject(), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    if (letter.unsubscribe().isPresent()) {
      message.setHeader("List-Unsubscribe", "<" + letter.unsubscribe().get() + ">");
      message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.says().text(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setContent(letter.says().html(), "text/html; charset=UTF-8");
    message.setContent(new MimeMultipart("alternative", text, html));
    return message;
  }

  /** The library would draw a new id each time. */
  private static final class NamedMessage extends MimeMessage {
    private final String id;

    NamedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private static Session session(Smtp server, Duration timeout) {
    String protocol = server.tls() == Tls.FROM_THE_START ? "smtps" : "smtp";
    String millis = Long.toString(timeout.toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    String prefix = "mail." + protocol + ".";
    properties.setProperty(prefix + "connectiontimeout", millis);
    properties.setProperty(prefix + "timeout", millis);
    properties.setProperty(prefix + "writetimeout", millis);
    properties.setProperty(prefix + "quitwait", "false");
    properties.setProperty(prefix + "auth", Boolean.toString(server.user().isPresent()));
    boolean isTrusting = server.tls() == Tls.IF_OFFERED;
    properties.setProperty(prefix + "ssl.checkserveridentity", Boolean.toString(!isTrusting));
    if (isTrusting) {
      // Better with any certificate than in the clear, which would do as well.
      properties.setProperty(prefix + "ssl.trust", "*");
    }
    properties.setProperty(
        prefix + "starttls.enable", Boolean.toString(server.tls() != Tls.FROM_THE_START));
    properties.setProperty(
        prefix + "starttls.required", Boolean.toString(server.tls() == Tls.REQUIRED));
    return Session.getInstance(properties);
  }
}
