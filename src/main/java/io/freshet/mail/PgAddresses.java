package io.freshet.mail;

import io.freshet.mail.Mailbox.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table mail_address. Thread-safe. */
final class PgAddresses {
  private final Jdbi jdbi;

  PgAddresses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<Mailbox> of(long account) {
    return jdbi.withHandle(handle -> of(handle, account));
  }

  private static Optional<Mailbox> of(Handle handle, long account) {
    return handle
        .createQuery(
            """
            SELECT address, bounced_at IS NOT NULL, confirmed_at IS NOT NULL, answers
            FROM mail_address WHERE account_id = ?
            """)
        .bind(0, account)
        .map((row, context) -> {
          State confirmed = row.getBoolean(3) ? State.CONFIRMED : State.UNCONFIRMED;
          return new Mailbox(
              row.getString(1), row.getBoolean(2) ? State.BOUNCING : confirmed, row.getBoolean(4));
        })
        .findOne();
  }

  /** Sets the address of an account that is there; what is wanted stays as it was. */
  static boolean put(Handle handle, long account, String address, Optional<Instant> confirmed) {
    return handle
            .createUpdate(
                """
                INSERT INTO mail_address AS m (account_id, address, confirmed_at)
                SELECT id, :address, :confirmed FROM account WHERE id = :account AND removed_at IS NULL
                ON CONFLICT (account_id) DO UPDATE SET address = excluded.address,
                  confirmed_at = excluded.confirmed_at, bounced_at = NULL
                """)
            .bind("account", account)
            .bind("address", address)
            .bind("confirmed", confirmed.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
            .execute()
        > 0;
  }

  /** Sets an address that is confirmed already. */
  void vouch(long account, String address, Instant now) {
    jdbi.useHandle(handle -> put(handle, account, address, Optional.of(now)));
  }

  /** Confirms this address, if it still is the account's. */
  boolean confirm(long account, String address, Instant now) {
    return update(
        """
        UPDATE mail_address SET confirmed_at = coalesce(confirmed_at, ?)
        WHERE account_id = ? AND address = ?
        """,
        now.atOffset(ZoneOffset.UTC),
        account,
        address);
  }

  boolean prefer(long account, boolean answers) {
    return update("UPDATE mail_address SET answers = ? WHERE account_id = ?", answers, account);
  }

  void bounced(long account, String address, Instant now) {
    update(
        "UPDATE mail_address SET bounced_at = ? WHERE account_id = ? AND address = ?",
        now.atOffset(ZoneOffset.UTC),
        account,
        address);
  }

  boolean remove(long account) {
    return update("DELETE FROM mail_address WHERE account_id = ?", account);
  }

  private boolean update(String sql, Object... values) {
    return jdbi.withHandle(handle -> handle.execute(sql, values)) > 0;
  }
}
