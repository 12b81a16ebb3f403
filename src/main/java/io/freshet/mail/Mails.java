package io.freshet.mail;

import io.freshet.mail.MailException.Problem;
import io.freshet.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;

/**
 * Whom mail goes to and what waits for them: the module's face. Sending is {@link MailSender}'s.
 * Thread-safe.
 */
public final class Mails {
  /** Questions that go to one address within a day, whoever asks: it may be a stranger's. */
  static final int ASKED = 3;

  private static final Duration DAY = Duration.ofDays(1);

  /** What was told is remembered for so long; older answers are not mailed. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final PgMails mails;
  private final PgAddresses addresses;
  private final PgKeptMails kept;
  private final MailTokens tokens;
  private final Links links;
  private final boolean isOn;
  private final InstantSource clock;

  /**
   * @param secret of the server; links are signed by what is derived from it
   * @param isOn whether there is anywhere for mail to go
   */
  public Mails(Jdbi jdbi, Ids ids, byte[] secret, Links links, boolean isOn, InstantSource clock) {
    this.mails = new PgMails(jdbi, ids);
    this.addresses = new PgAddresses(jdbi);
    this.kept = new PgKeptMails(jdbi, clock);
    this.tokens = new MailTokens(secret, clock);
    this.links = links;
    this.isOn = isOn;
    this.clock = clock;
  }

  /** Refuses what is no address. */
  public static void requireAddress(String address) {
    MailAddress.of(address);
  }

  /** Whether this server sends mail. */
  public boolean isOn() {
    return isOn;
  }

  /** Where the account's mail goes. */
  public Optional<Mailbox> mailbox(long account) {
    return addresses.of(account);
  }

  /**
   * Sets the address of an account. If it is another, nothing goes there until it is confirmed, but
   * the question for that; not even that if the address was asked {@value #ASKED} times today.
   */
  public Mailbox set(long account, String address) {
    requireOn();
    String text = MailAddress.of(address).text();
    Optional<Mailbox> now = addresses.of(account);
    if (now.isPresent() && now.get().address().equals(text) && isConfirmed(now.get())) {
      return now.get();
    }
    mails.ask(account, text, clock.instant(), ASKED, DAY);
    return addresses.of(account).orElseThrow(Mails::noAddress);
  }

  /** Sets an address that needs no confirmation, for whoever runs the server vouches for it. */
  public Mailbox vouch(long account, String address) {
    String text = MailAddress.of(address).text();
    addresses.vouch(account, text, clock.instant());
    return addresses.of(account).orElseThrow(Mails::noAddress);
  }

  /** Says whether answers to the account's questions are mailed. */
  public Mailbox prefer(long account, boolean answers) {
    if (!addresses.prefer(account, answers)) {
      throw noAddress();
    }
    return addresses.of(account).orElseThrow(Mails::noAddress);
  }

  /** Forgets the address; what waits is not sent. */
  public void remove(long account) {
    addresses.remove(account);
  }

  /** Whether the token of a link confirms an address now. */
  public boolean isConfirmation(String token) {
    return asked(token).isPresent();
  }

  /** Confirms the address that the token of a link was sent to; false if it is no good any more. */
  public boolean confirm(String token) {
    return asked(token)
        .map(to -> addresses.confirm(to.account(), to.address(), clock.instant()))
        .orElse(false);
  }

  private record Asked(long account, String address) {}

  private Optional<Asked> asked(String token) {
    OptionalLong account = MailTokens.named(token);
    if (account.isEmpty()) {
      return Optional.empty();
    }
    return addresses
        .of(account.getAsLong())
        .map(box -> new Asked(account.getAsLong(), box.address()))
        .filter(to -> tokens.confirms(token, to.account(), to.address()));
  }

  /** Whether the token of a link can end somebody's mails. */
  public boolean isUnsubscription(String token) {
    return tokens.unsubscribed(token).isPresent();
  }

  /** Ends the mails of the account that the token names; false if it is none of ours. */
  public boolean unsubscribe(String token) {
    OptionalLong account = tokens.unsubscribed(token);
    account.ifPresent(id -> addresses.prefer(id, false));
    return account.isPresent();
  }

  /** The link of the letter that ends an account's mails. */
  public String unsubscribeLink(long account) {
    return links.unsubscribe(tokens.unsubscribe(account));
  }

  public Links links() {
    return links;
  }

  /**
   * Has the account mailed of this answer, at once or with others in its next digest. False if it
   * gets no such mail, or the same was told before.
   */
  public boolean gather(long account, long item) {
    return isOn && mails.gather(account, item, clock.instant());
  }

  /** What is mailed must not be older: then nobody knows whether it was before. */
  public boolean isFresh(long item) {
    return item >= Ids.firstAt(clock.instant().minus(KEPT.dividedBy(2)));
  }

  /** The items that a mail tells of, oldest first. */
  public List<Long> items(Waiting mail) {
    return mails.items(mail.id());
  }

  /** Sends what waits by this mailer; each kind of mail but confirmations by its composer. */
  public MailSender sender(Mailer mailer, Composer answers, Names names, MailSender.Plan plan) {
    Map<MailKind, Composer> composers =
        Map.of(
            MailKind.ANSWERS, answers, MailKind.CONFIRM, new Confirmations(tokens, links, names));
    return new MailSender(mails, addresses, composers, this, mailer, plan, clock);
  }

  /** What would have been sent, where no server is set. */
  public PgKeptMails kept() {
    return kept;
  }

  /** What waits, and what was parked. */
  public MailBacklog backlog() {
    return new MailBacklog(mails, clock);
  }

  /** A step of an account's removal; true if there may be more. */
  public boolean eraseOf(long account, int limit) {
    addresses.remove(account);
    return mails.erase(account, limit) + kept.erase(account, limit) > 0;
  }

  /** Forgets what was sent long ago, so much at once; true if there may be more. */
  public boolean sweep(int limit) {
    Instant now = clock.instant();
    return mails.forget(Ids.firstAt(now.minus(KEPT)), Ids.firstAt(now.minus(DAY)), limit) == limit;
  }

  private static boolean isConfirmed(Mailbox box) {
    return box.state() == Mailbox.State.CONFIRMED;
  }

  private void requireOn() {
    if (!isOn) {
      throw new MailException(Problem.OFF, "This server sends no mail");
    }
  }

  private static MailException noAddress() {
    return new MailException(Problem.NO_ADDRESS, "The account has no e-mail address");
  }
}
