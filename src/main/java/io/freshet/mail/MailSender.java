package io.freshet.mail;

import io.freshet.platform.Jitter;
import io.freshet.platform.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that are due, one a step, each until the server has taken it: at least once, and
 * once unless the server's own reply was lost. What cannot be sent is tried again, later each time,
 * and parked when it has been tried for long. Holds no connection to the database while it talks to
 * the server. Thread-safe: several threads and processes may step it.
 */
public final class MailSender {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

  /**
   * When another sender may take over: longer than a talk of some dozen steps with the slowest
   * server, at 50 s each.
   */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /**
   * A mail is not parked before so many attempts, however old it is: the server may have been away.
   */
  private static final int LEAST_ATTEMPTS = 5;

  private final PgMails mails;
  private final PgAddresses addresses;
  private final Map<MailKind, Composer> composers;
  private final Mails face;
  private final Mailer mailer;
  private final Plan plan;
  private final Pace pace;
  private final InstantSource clock;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * When mails go.
   *
   * @param digest how long news are gathered after a mail
   * @param perMinute at most
   * @param patience after which what cannot be sent is parked
   */
  public record Plan(Duration digest, int perMinute, Duration patience) {}

  MailSender(
      PgMails mails,
      PgAddresses addresses,
      Map<MailKind, Composer> composers,
      Mails face,
      Mailer mailer,
      Plan plan,
      InstantSource clock) {
    this.mails = mails;
    this.addresses = addresses;
    this.composers = Map.copyOf(composers);
    this.face = face;
    this.mailer = mailer;
    this.plan = plan;
    this.pace = new Pace(plan.perMinute());
    this.clock = clock;
  }

  /** Mails that a server has taken from this process. */
  public long sent() {
    return sent.sum();
  }

  /** Attempts of this process that failed. */
  public long failed() {
    return failed.sum();
  }

  /** Sends the mail that is due for longest, if it is time; true when more may be due now. */
  public boolean runOnce() {
    Instant now = clock.instant();
    if (!pace.take(now)) {
      return false;
    }
    Optional<Waiting> due = mails.claim(now, now.plus(LEASE));
    if (due.isEmpty() || !mails.begin(due.get(), now, plan.digest())) {
      pace.unused(now);
      return due.isPresent();
    }
    work(due.get());
    return true;
  }

  private void work(Waiting mail) {
    Optional<Mailbox> box = addresses.of(mail.account()).filter(it -> takes(it, mail));
    Sending result;
    try {
      Optional<MailText> says = box.isEmpty() ? Optional.empty() : compose(mail);
      if (says.isEmpty()) {
        mails.drop(mail, clock.instant());
        pace.unused(clock.instant());
        return;
      }
      result = mailer.send(letter(mail, box.orElseThrow().address(), says.get()));
    } catch (RuntimeException e) {
      if (Outage.causes(e)) {
        throw e;
      }
      LOG.error("mail {} could not be written", mail.id(), e);
      result = new Sending.Later(OneLine.of(e.toString(), 300), false);
    }
    end(mail, box.map(Mailbox::address).orElse(""), result);
  }

  private static boolean takes(Mailbox box, Waiting mail) {
    boolean isSame = mail.kind() != MailKind.CONFIRM || mail.address().equals(box.address());
    return isSame && box.takes(mail.kind());
  }

  private Optional<MailText> compose(Waiting mail) {
    return Optional.ofNullable(composers.get(mail.kind())).flatMap(by -> by.compose(mail));
  }

  private Letter letter(Waiting mail, String to, MailText says) {
    Optional<String> unsubscribe =
        mail.kind() == MailKind.CONFIRM
            ? Optional.empty()
            : Optional.of(face.unsubscribeLink(mail.account()));
    return new Letter(mail.id(), mail.account(), to, says, unsubscribe);
  }

  private void end(Waiting mail, String address, Sending result) {
    switch (result) {
      case Sending.Sent() -> {
        sent.increment();
        pace.worked();
        mails.end(mail.id(), "sent", "");
      }
      case Sending.NoMailbox(String why) -> {
        failed.increment();
        pace.worked();
        addresses.bounced(mail.account(), address, clock.instant());
        mails.end(mail.id(), "refused", why);
      }
      case Sending.Refused(String why) -> {
        failed.increment();
        pace.worked();
        park(mail, why);
      }
      case Sending.Later later -> again(mail, later);
    }
  }

  private void again(Waiting mail, Sending.Later later) {
    Instant now = clock.instant();
    failed.increment();
    if (later.isServers() && pace.failed(now)) {
      LOG.warn("the mail server does not take mail: {}", later.why());
    }
    boolean isOld = now.isAfter(mail.wantedAt().plus(plan.patience()));
    if (isOld && mail.attempts() + 1 >= LEAST_ATTEMPTS) {
      park(mail, later.why());
    } else {
      mails.later(mail.id(), now.plus(pause(mail.attempts())), later.why());
    }
  }

  private void park(Waiting mail, String why) {
    // Without the reason, which may name the address; freshet mail list has it.
    LOG.warn("mail {} is parked after {} attempts", mail.id(), mail.attempts() + 1);
    mails.end(mail.id(), "parked", why);
  }

  /** Twice as long each time, a fifth more or less. */
  private static Duration pause(int attempts) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    Duration most = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return most.multipliedBy(Jitter.between(80, 120)).dividedBy(100);
  }
}
