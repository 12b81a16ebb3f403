package io.freshet.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the newest {@value #MOST} mails for people to look at instead of sending any: for demos and
 * development. In the table mail_kept, so that whichever process sends them, each shows them.
 * Thread-safe.
 */
public final class PgKeptMails implements Mailer {
  static final int MOST = 200;

  private final Jdbi jdbi;
  private final InstantSource clock;

  PgKeptMails(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * A mail that was not sent.
   *
   * @param unsubscribe the link of its header, or empty
   */
  public record Kept(long id, String to, MailText says, String unsubscribe, Instant at) {}

  @Override
  public Sending send(Letter letter) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          INSERT INTO mail_kept (id, account_id, address, subject, body_text, body_html, unsubscribe, kept_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
          """,
          letter.id(),
          letter.account(),
          letter.to(),
          letter.says().subject(),
          letter.says().text(),
          letter.says().html(),
          letter.unsubscribe().orElse(""),
          clock.instant().atOffset(ZoneOffset.UTC));
      handle.execute(
          "DELETE FROM mail_kept WHERE id <= (SELECT id FROM mail_kept ORDER BY id DESC OFFSET ? LIMIT 1)",
          MOST);
    });
    return new Sending.Sent();
  }

  /** The newest mails, newest first. */
  public List<Kept> newest() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM mail_kept ORDER BY id DESC LIMIT ?")
            .bind(0, MOST)
            .map((row, context) -> kept(row))
            .list());
  }

  public Optional<Kept> find(long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM mail_kept WHERE id = ?")
            .bind(0, id)
            .map((row, context) -> kept(row))
            .findOne());
  }

  int erase(long account, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            DELETE FROM mail_kept WHERE id IN (SELECT id FROM mail_kept WHERE account_id = ? LIMIT ?)
            """,
            account,
            limit));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getLong("id"),
        row.getString("address"),
        new MailText(
            row.getString("subject"), row.getString("body_text"), row.getString("body_html")),
        row.getString("unsubscribe"),
        row.getObject("kept_at", OffsetDateTime.class).toInstant());
  }
}
