package io.freshet.mail;

import io.freshet.mail.MailSender.Plan;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Accounts 1 to 9, their mail, and a server that does as the test says; mails of answers name the
 * items they tell of. The sender is stepped.
 */
final class MailPost implements AutoCloseable {
  static final Duration DIGEST = Duration.ofMinutes(15);

  final MovableClock clock = new MovableClock();
  final Database database = TestDatabase.open();
  final Jdbi jdbi = database.jdbi();
  final Ids ids = new Ids(clock, 0);
  final List<Letter> tried = new ArrayList<>();
  final List<Letter> sent = new ArrayList<>();
  final Mails mails;
  Function<Letter, Sending> server = letter -> new Sending.Sent();
  Composer composer;
  private MailSender sender;

  MailPost() {
    byte[] secret = "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    mails = new Mails(jdbi, ids, secret, new Links("https://feed.example"), true, clock);
    composer = this::items;
    restart();
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO account (id, handle, first_name, created_at)"
                + " SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 9) i"));
  }

  /** Another process sends from now on. */
  MailSender restart() {
    sender = another();
    return sender;
  }

  MailSender another() {
    Names names = id -> Optional.of("u" + id);
    Plan plan = new Plan(DIGEST, 100_000, Duration.ofHours(24));
    return mails.sender(this::send, mail -> composer.compose(mail), names, plan);
  }

  private Optional<MailText> items(Waiting mail) {
    List<Long> items = mails.items(mail);
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(new MailText(items.size() + " items", items.toString(), "<p>"));
  }

  private synchronized Sending send(Letter letter) {
    tried.add(letter);
    Sending result = server.apply(letter);
    if (result instanceof Sending.Sent) {
      sent.add(letter);
    }
    return result;
  }

  /** Sends what is due, step by step, and moves the clock by a second for the pace's sake. */
  void work() {
    clock.advance(Duration.ofSeconds(1));
    int steps = 0;
    while (sender.runOnce() && steps++ < 100) {
      clock.advance(Duration.ofMillis(10));
    }
  }

  void workFor(Duration time, Duration step) {
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
      clock.advance(step);
      work();
    }
  }

  void confirmed(long... accounts) {
    for (long account : accounts) {
      mails.vouch(account, "u" + account + "@example.org");
    }
  }

  String state(String column, long mail) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + column + " FROM mail WHERE id = ?")
            .bind(0, mail)
            .mapTo(String.class)
            .one());
  }

  /** Questions to addresses, sent or not. */
  long asked() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM mail WHERE kind = 'confirm'")
            .mapTo(Long.class)
            .one());
  }

  void empty() {
    jdbi.useHandle(handle -> handle.execute("TRUNCATE mail, mail_item, mail_address, mail_kept"));
    tried.clear();
    sent.clear();
    server = letter -> new Sending.Sent();
    composer = this::items;
    restart();
  }

  @Override
  public void close() {
    database.close();
  }
}
