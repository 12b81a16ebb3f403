package io.freshet.mail;

import io.freshet.mail.MailBacklog.Parked;
import io.freshet.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables mail and mail_item. Whoever needs both locks the row of mail_address before that of
 * mail. Thread-safe.
 */
final class PgMails {
  private final Jdbi jdbi;
  private final Ids ids;

  PgMails(Jdbi jdbi, Ids ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  /** How much there is, and how long the oldest that is due has waited. */
  record Stats(long waiting, long parked, double oldestSeconds) {}

  /**
   * Sets an address that is not confirmed, and leaves the question whether it is the account's,
   * unless it was asked often of late.
   */
  void ask(long account, String address, Instant now, int most, Duration within) {
    jdbi.useTransaction(handle -> {
      // Many accounts may ask one address at once, each spelling it in another way.
      handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(lower(?), 0))", address);
      if (PgAddresses.put(handle, account, address, Optional.empty())) {
        question(handle, account, address, now, most, within);
      }
    });
  }

  private void question(
      Handle handle, long account, String address, Instant now, int most, Duration within) {
    handle
        .createUpdate(
            """
            INSERT INTO mail (id, account_id, kind, address, wanted_at, due_at)
            SELECT :id, :account, 'confirm', :address, :now, :now
            WHERE (SELECT count(*) FROM mail WHERE kind = 'confirm' AND lower(address) = lower(:address) AND id > :since) < :most
            """)
        .bind("id", ids.next())
        .bind("account", account)
        .bind("address", address)
        .bind("now", at(now))
        .bind("since", Ids.firstAt(now.minus(within)))
        .bind("most", most)
        .execute();
  }

  /**
   * Adds an item to the mail that the account gets next: now, or when its pause ends. False if the
   * account gets no such mail, or has this item already.
   */
  boolean gather(long account, long item, Instant now) {
    return jdbi.inTransaction(handle -> {
      Optional<OffsetDateTime> due = lockedDue(handle, account, now);
      if (due.isEmpty() || knows(handle, account, item)) {
        return false;
      }
      long mail = open(handle, account).orElseGet(() -> begin(handle, account, due.get()));
      handle.execute(
          "INSERT INTO mail_item (account_id, item_id, mail_id) VALUES (?, ?, ?)",
          account,
          item,
          mail);
      return true;
    });
  }

  private static Optional<OffsetDateTime> lockedDue(Handle handle, long account, Instant now) {
    return handle
        .createQuery(
            """
            SELECT greatest(quiet_until, :now) FROM mail_address
            WHERE account_id = :account AND confirmed_at IS NOT NULL AND bounced_at IS NULL AND answers
            FOR UPDATE
            """)
        .bind("account", account)
        .bind("now", at(now))
        .mapTo(OffsetDateTime.class)
        .findOne();
  }

  private static boolean knows(Handle handle, long account, long item) {
    return handle
        .createQuery("SELECT FROM mail_item WHERE account_id = ? AND item_id = ?")
        .bind(0, account)
        .bind(1, item)
        .map((row, context) -> true)
        .findOne()
        .isPresent();
  }

  private static Optional<Long> open(Handle handle, long account) {
    return handle
        .createQuery(
            """
            SELECT id FROM mail WHERE account_id = ? AND kind = 'answers' AND state = 'waiting' AND attempts = 0
            FOR UPDATE
            """)
        .bind(0, account)
        .mapTo(Long.class)
        .findOne();
  }

  private long begin(Handle handle, long account, OffsetDateTime due) {
    long id = ids.next();
    handle.execute(
        "INSERT INTO mail (id, account_id, kind, wanted_at, due_at) VALUES (?, ?, 'answers', ?, ?)",
        id,
        account,
        due,
        due);
    return id;
  }

  /** Takes the mail that is due for longest; until the end of the lease nobody else does. */
  Optional<Waiting> claim(Instant now, Instant leaseEnd) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                UPDATE mail SET due_at = :lease WHERE id = (
                  SELECT id FROM mail WHERE state = 'waiting' AND due_at <= :now
                  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, account_id, kind, address, attempts, wanted_at
                """)
            .bind("lease", at(leaseEnd))
            .bind("now", at(now))
            .map((row, context) ->
                new Waiting(
                    row.getLong(1),
                    row.getLong(2),
                    MailKind.of(row.getString(3)),
                    row.getString(4),
                    row.getInt(5),
                    row.getObject(6, OffsetDateTime.class).toInstant()))
            .findOne());
  }

  /**
   * Begins an attempt. The first of a mail of news closes it and begins the account's next pause;
   * false if a pause lasts that began since the mail did: it waits for its end.
   */
  boolean begin(Waiting mail, Instant now, Duration pause) {
    return jdbi.inTransaction(handle -> {
      if (mail.kind() == MailKind.ANSWERS && mail.attempts() == 0) {
        Optional<OffsetDateTime> due = lockedDue(handle, mail.account(), now);
        if (due.isPresent() && due.get().toInstant().isAfter(now)) {
          handle.execute(
              "UPDATE mail SET due_at = ?, wanted_at = ? WHERE id = ?",
              due.get(),
              due.get(),
              mail.id());
          return false;
        }
        quiet(handle, mail.account(), now.plus(pause));
      }
      handle.execute("UPDATE mail SET attempts = attempts + 1 WHERE id = ?", mail.id());
      return true;
    });
  }

  private static void quiet(Handle handle, long account, Instant until) {
    handle.execute(
        "UPDATE mail_address SET quiet_until = ? WHERE account_id = ?", at(until), account);
  }

  /** What a mail tells of, oldest first. */
  List<Long> items(long mail) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT item_id FROM mail_item WHERE mail_id = ? ORDER BY item_id")
            .bind(0, mail)
            .mapTo(Long.class)
            .list());
  }

  /** Says what became of a mail; nothing is changed of one that is not waiting any more. */
  void end(long mail, String state, String error) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE mail SET state = ?, error = ? WHERE id = ? AND state = 'waiting'",
            state,
            error,
            mail));
  }

  /** Ends a mail that has nothing to say; if it was the first, the pause after it is none. */
  void drop(Waiting mail, Instant now) {
    if (mail.kind() == MailKind.ANSWERS && mail.attempts() == 0) {
      jdbi.useHandle(handle -> quiet(handle, mail.account(), now));
    }
    end(mail.id(), "dropped", "");
  }

  void later(long mail, Instant due, String error) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE mail SET due_at = ?, error = ? WHERE id = ? AND state = 'waiting'",
            at(due),
            error,
            mail));
  }

  Stats stats(Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT (SELECT count(*) FROM mail WHERE state = 'waiting'),
                  (SELECT count(*) FROM mail WHERE state = 'parked'),
                  coalesce((SELECT extract(epoch FROM :now - min(wanted_at)) FROM mail
                            WHERE state = 'waiting' AND wanted_at <= :now), 0)
                """)
            .bind("now", at(now))
            .map((row, context) -> new Stats(row.getLong(1), row.getLong(2), row.getDouble(3)))
            .one());
  }

  List<Parked> parked(int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id, account_id, kind, attempts, wanted_at, error FROM mail
                WHERE state = 'parked' ORDER BY id DESC LIMIT ?
                """)
            .bind(0, limit)
            .map((row, context) ->
                new Parked(
                    row.getLong(1),
                    row.getLong(2),
                    MailKind.of(row.getString(3)),
                    row.getInt(4),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    row.getString(6)))
            .list());
  }

  /** Has parked mails tried again: this one, or with 0 all. */
  int retry(long mail, Instant now) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            UPDATE mail SET state = 'waiting', attempts = 1, wanted_at = ?, due_at = ?
            WHERE state = 'parked' AND ? IN (0, id)
            """,
            at(now),
            at(now),
            mail));
  }

  /** Deletes ended mails that began before this id, so many at once; how many it were. */
  int forget(long before, long beforeOfConfirmations, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            DELETE FROM mail WHERE id IN (
              SELECT id FROM mail WHERE state <> 'waiting'
                AND (id < ? OR (kind = 'confirm' AND id < ?)) ORDER BY id LIMIT ?)
            """,
            before,
            beforeOfConfirmations,
            limit));
  }

  /** Deletes all of an account but its address, so much at once; how many rows it were. */
  int erase(long account, int limit) {
    return jdbi.inTransaction(handle ->
        handle.execute(
                """
                DELETE FROM mail_item WHERE (account_id, item_id) IN (
                  SELECT account_id, item_id FROM mail_item WHERE account_id = ? LIMIT ?)
                """,
                account,
                limit)
            + handle.execute(
                """
                DELETE FROM mail WHERE id IN (
                  SELECT id FROM mail m WHERE account_id = ?
                    AND NOT EXISTS (SELECT FROM mail_item i WHERE i.mail_id = m.id) LIMIT ?)
                """,
                account,
                limit));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
