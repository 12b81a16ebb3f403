package io.freshet.app;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.mail.Links;
import io.freshet.mail.MailBacklog;
import io.freshet.mail.MailSender;
import io.freshet.mail.Mailer;
import io.freshet.mail.Mails;
import io.freshet.mail.Names;
import io.freshet.mail.SmtpMailer;
import io.freshet.notification.AnswerMails;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Ids;
import io.freshet.platform.Loop;
import io.freshet.platform.MailSettings;
import io.freshet.platform.Metrics;
import io.freshet.web.MailSite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** E-mail by the settings: where it goes, and the loops that send it. */
final class MailHost {
  /** One that waits for a slow server does not keep the others waiting. */
  private static final int SENDERS = 2;

  /** How late a mail begins to be sent at most. */
  private static final Duration REST = Duration.ofMillis(500);

  private final MailSettings settings;
  private final Mails mails;
  private final Jdbi jdbi;
  private final Accounts accounts;
  private final InstantSource clock;

  MailHost(
      FreshetConfig config,
      Jdbi jdbi,
      Accounts accounts,
      byte[] secret,
      Ids ids,
      InstantSource clock) {
    this.settings = config.mail();
    this.jdbi = jdbi;
    this.accounts = accounts;
    this.clock = clock;
    FreshetConfig.Http http = config.http();
    Links links = new Links(http.publicUrl().orElse("http://localhost:" + http.port()));
    this.mails = new Mails(jdbi, ids, secret, links, settings.isOn(), clock);
  }

  Mails mails() {
    return mails;
  }

  AnswerMails answers() {
    return new AnswerMails(jdbi, accounts, mails, clock);
  }

  MailSite site() {
    return new MailSite(mails, settings.smtp().isEmpty() && settings.isShown());
  }

  /** Starts what sends, if there is anywhere for mail to go. */
  List<Loop> start(Metrics metrics) {
    if (!settings.isOn()) {
      return List.of();
    }
    MailSender sender = mails.sender(mailer(), answers(), names(accounts), plan());
    measure(metrics, sender);
    return IntStream.rangeClosed(1, SENDERS)
        .mapToObj(i -> Loop.start("mail-" + i, REST, sender::runOnce))
        .toList();
  }

  private Mailer mailer() {
    return settings.smtp().isPresent()
        ? new SmtpMailer(settings, mails.links(), clock)
        : mails.kept();
  }

  private MailSender.Plan plan() {
    return new MailSender.Plan(
        Duration.ofMinutes(settings.digestMinutes()),
        settings.perMinute(),
        Duration.ofHours(settings.retryHours()));
  }

  private static Names names(Accounts accounts) {
    return id -> {
      Optional<Account> found = accounts.find(new AccountId(id));
      return found.map(Account::handle);
    };
  }

  private void measure(Metrics metrics, MailSender sender) {
    MailBacklog backlog = mails.backlog();
    metrics.count("freshet_mail_sent", "Mails that the server has taken", sender::sent);
    metrics.count("freshet_mail_failed", "Attempts to send a mail that failed", sender::failed);
    metrics.gauge("freshet_mail_waiting", "Mails that are not sent yet", backlog::waiting);
    metrics.gauge("freshet_mail_parked", "Mails that were given up", backlog::parkedCount);
    metrics.gauge(
        "freshet_mail_oldest_seconds",
        "How late the oldest mail is that should be out",
        backlog::oldestSeconds);
  }
}
