package io.freshet.dialog;

import io.freshet.account.AccountId;
import io.freshet.platform.Replica;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The table dialog_message. */
final class PgDialogs {
  private final Jdbi jdbi;
  private final Replica replica;

  PgDialogs(Jdbi jdbi, Replica replica) {
    this.jdbi = jdbi;
    this.replica = replica;
  }

  void insert(Message message) {
    long from = message.from().value();
    long to = message.to().value();
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO dialog_message (low_id, high_id, id, sender_id, text) VALUES (?, ?, ?, ?, ?)",
            Math.min(from, to),
            Math.max(from, to),
            message.id(),
            from,
            message.text()));
  }

  int erase(AccountId account, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM dialog_message WHERE (low_id, high_id, id) IN (
                  (SELECT low_id, high_id, id FROM dialog_message WHERE low_id = :account LIMIT :limit)
                  UNION ALL
                  (SELECT low_id, high_id, id FROM dialog_message WHERE high_id = :account LIMIT :limit))
                """)
            .bind("account", account.value())
            .bind("limit", limit)
            .execute());
  }

  List<Message> list(AccountId one, AccountId other, long before, int limit) {
    long low = Math.min(one.value(), other.value());
    long high = Math.max(one.value(), other.value());
    return replica.query(handle ->
        handle
            .createQuery(
                """
                SELECT id, sender_id, text FROM dialog_message WHERE low_id = ? AND high_id = ? AND id < ?
                ORDER BY id DESC LIMIT ?
                """)
            .bind(0, low)
            .bind(1, high)
            .bind(2, before)
            .bind(3, limit)
            .map((row, context) -> {
              long sender = row.getLong(2);
              AccountId to = new AccountId(sender == low ? high : low);
              return new Message(row.getLong(1), new AccountId(sender), to, row.getString(3));
            })
            .list());
  }
}
