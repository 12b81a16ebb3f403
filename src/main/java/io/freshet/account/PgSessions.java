package io.freshet.account;

import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.Outbox.Events;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table session. Whatever ends sessions saves {@link SessionsEnded} with it. */
final class PgSessions {
  private static final String COLUMNS =
      "id, account_id, kind, user_agent, address, last_used_at, expires_at";

  private final Jdbi jdbi;
  private final Outbox outbox;

  PgSessions(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** The hashes of a refresh token and when it was last drawn anew. */
  record Family(
      Session session,
      byte[] family,
      byte[] secret,
      Optional<byte[]> previous,
      Optional<Instant> refreshedAt,
      boolean isEnded) {}

  /** What a refresh does with the family that it finds. */
  interface Refresh {
    Optional<Renewal> of(Family found);
  }

  /** The next hashes of a family, or its end. */
  record Renewal(
      byte[] secret,
      Optional<byte[]> previous,
      Instant refreshedAt,
      Instant expires,
      boolean isEnd) {}

  /**
   * Saves a session, and ends the account's oldest beyond so many, with which it answers; empty if
   * there is no such account any more, or its password is another.
   *
   * @param hash of the password that was shown, if one was
   */
  Optional<List<Long>> insert(
      Session session, SessionSecret secret, Optional<String> hash, int most) {
    return outbox.write((handle, events) -> {
      int inserted =
          handle.execute(
              // Shared with nobody who removes the account at this moment.
              """
              INSERT INTO session (id, account_id, kind, family_hash, secret_hash, user_agent, address, last_used_at, expires_at)
              SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM account
              WHERE id = ? AND removed_at IS NULL AND password_hash IS NOT DISTINCT FROM coalesce(?, password_hash) FOR SHARE
              """,
              session.id().value(),
              session.kind().text(),
              secret.familyHash(),
              secret.secretHash(),
              session.client().name(),
              session.client().network(),
              at(session.lastUsed()),
              at(session.expires()),
              session.account().value(),
              hash.orElse(null));
      return inserted == 0
          ? Optional.empty()
          : Optional.of(
              end(
                  handle,
                  events,
                  session.account(),
                  session.lastUsed(),
                  """
                  id IN (SELECT id FROM session WHERE account_id = :account AND ended_at IS NULL
                         ORDER BY id DESC OFFSET :most)
                  """,
                  Map.of("most", most)));
    });
  }

  /** Looks at the family, locked, and does with it what is decided; gives the session back. */
  Optional<Renewal> refresh(SessionId id, Instant now, Refresh refresh) {
    return outbox.write((handle, events) -> {
      Optional<Family> found = lock(handle, id);
      Optional<Renewal> renewal = found.flatMap(refresh::of);
      if (renewal.isPresent() && renewal.get().isEnd()) {
        AccountId account = found.orElseThrow().session().account();
        end(handle, events, account, now, "id = :id", Map.of("id", id.value()));
      } else {
        renewal.ifPresent(next -> save(handle, id, next, now));
      }
      return renewal;
    });
  }

  private static Optional<Family> lock(Handle handle, SessionId id) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + ", family_hash, secret_hash, previous_hash, refreshed_at, ended_at FROM session"
                + " WHERE id = ? AND kind = 'token' FOR UPDATE")
        .bind(0, id.value())
        .map((row, context) ->
            new Family(
                session(row),
                row.getBytes("family_hash"),
                row.getBytes("secret_hash"),
                Optional.ofNullable(row.getBytes("previous_hash")),
                instant(row, "refreshed_at"),
                instant(row, "ended_at").isPresent()))
        .findOne();
  }

  private static void save(Handle handle, SessionId id, Renewal next, Instant now) {
    handle.execute(
        """
        UPDATE session SET secret_hash = ?, previous_hash = ?, refreshed_at = ?, expires_at = ?, last_used_at = ?
        WHERE id = ?
        """,
        next.secret(),
        next.previous().orElse(null),
        at(next.refreshedAt()),
        at(next.expires()),
        at(now),
        id.value());
  }

  /** Ends one session of this account; answers with it unless it has ended before. */
  List<Long> end(AccountId account, SessionId id, Instant now) {
    return outbox.write((handle, events) ->
        end(handle, events, account, now, "id = :id", Map.of("id", id.value())));
  }

  /** Ends all sessions of the account but for the spared one. */
  List<Long> endOthers(AccountId account, Optional<SessionId> spared, Instant now) {
    return outbox.write((handle, events) -> endOthers(handle, events, account, spared, now));
  }

  /** The same within a change that does more. */
  static List<Long> endOthers(
      Handle handle, Events events, AccountId account, Optional<SessionId> spared, Instant now) {
    return end(
        handle,
        events,
        account,
        now,
        "id <> :spared",
        Map.of("spared", spared.map(SessionId::value).orElse(0L)));
  }

  private static List<Long> end(
      Handle handle,
      Events events,
      AccountId account,
      Instant now,
      String which,
      Map<String, ?> arguments) {
    List<Long> ended =
        handle
            .createQuery(
                "UPDATE session SET ended_at = :now WHERE account_id = :account AND ended_at IS NULL AND "
                    + which
                    + " RETURNING id")
            .bind("now", at(now))
            .bind("account", account.value())
            .bindMap(arguments)
            .mapTo(Long.class)
            .list();
    if (!ended.isEmpty()) {
      events.add(Event.of(SessionsEnded.TOPIC, new SessionsEnded(account.value(), ended)));
    }
    return ended;
  }

  List<Session> listBelow(AccountId account, long before, int limit, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM session WHERE account_id = ? AND id < ? AND ended_at IS NULL AND expires_at > ?"
                    + " ORDER BY id DESC LIMIT ?")
            .bind(0, account.value())
            .bind(1, before)
            .bind(2, at(now))
            .bind(3, limit)
            .map((row, context) -> session(row))
            .list());
  }

  List<SessionState> states(Collection<Long> ids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT id, account_id, kind, secret_hash, expires_at, ended_at FROM session WHERE id = ANY (:ids)")
            .bind("ids", ids.toArray(Long[]::new))
            .map((row, context) -> state(row))
            .list());
  }

  void used(Map<Long, Instant> at) {
    jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              "UPDATE session SET last_used_at = ? WHERE id = ? AND ended_at IS NULL");
      // In one order everywhere, so that two processes cannot deadlock.
      new TreeMap<>(at).forEach((id, used) -> batch.add(at(used), id));
      batch.execute();
    });
  }

  /** Deletes sessions that ended or expired before, and says how many. */
  int sweep(Instant before, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            DELETE FROM session WHERE id IN (
              SELECT id FROM session WHERE expires_at < ? OR ended_at < ? LIMIT ?)
            """,
            at(before),
            at(before),
            limit));
  }

  /** Deletes some of the account's sessions; true if there may be more. */
  boolean eraseOf(long account, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE account_id = ? LIMIT ?)",
            account,
            limit))
        == limit;
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getLong("id")),
        new AccountId(row.getLong("account_id")),
        Session.Kind.of(row.getString("kind")),
        new Client(row.getString("user_agent"), row.getString("address")),
        instant(row, "last_used_at").orElseThrow(),
        instant(row, "expires_at").orElseThrow());
  }

  private static SessionState state(ResultSet row) throws SQLException {
    return new SessionState(
        new SessionId(row.getLong("id")),
        new AccountId(row.getLong("account_id")),
        Session.Kind.of(row.getString("kind")),
        Optional.ofNullable(row.getBytes("secret_hash")),
        instant(row, "expires_at").orElseThrow(),
        instant(row, "ended_at").isPresent());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
