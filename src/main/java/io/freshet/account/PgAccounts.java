package io.freshet.account;

import io.freshet.account.AccountException.Problem;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Replica;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The account table. */
final class PgAccounts {
  private static final String COLUMNS =
      "id, handle, first_name, last_name, birthdate, city, biography, version, administrator";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String STILL_REFERRED_TO = "23503";

  /** An account and the hash of its password, if it has one. */
  record Credentials(AccountId id, Optional<String> hash) {}

  private final Jdbi jdbi;
  private final Replica replica;
  private final Outbox outbox;

  PgAccounts(Replica replica, Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.replica = replica;
    this.outbox = outbox;
  }

  void insert(Account account, String passwordHash) {
    Profile profile = account.profile();
    try {
      jdbi.useHandle(handle ->
          handle.execute(
              """
              INSERT INTO account (id, handle, first_name, last_name, birthdate, city, biography, password_hash, created_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
              account.id().value(),
              account.handle(),
              profile.firstName(),
              profile.lastName(),
              profile.birthdate().orElse(null),
              profile.city(),
              profile.biography(),
              passwordHash,
              OffsetDateTime.ofInstant(account.createdAt(), ZoneOffset.UTC)));
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw new AccountException(
            Problem.HANDLE_TAKEN, "handle", "this handle is taken: choose another");
      }
      throw e;
    }
  }

  /** Saves {@link ProfileChanged} with it; false if there is no such account. */
  boolean update(AccountId id, Profile profile) {
    return outbox.write((handle, events) -> {
      int updated =
          handle.execute(
              """
              UPDATE account SET first_name = ?, last_name = ?, birthdate = ?, city = ?, biography = ?, version = version + 1
              WHERE id = ? AND removed_at IS NULL
              """,
              profile.firstName(),
              profile.lastName(),
              profile.birthdate().orElse(null),
              profile.city(),
              profile.biography(),
              id.value());
      if (updated == 1) {
        events.add(Event.of(ProfileChanged.TOPIC, new ProfileChanged(id.value())));
      }
      return updated == 1;
    });
  }

  /** Saves {@link ProfileChanged} with it; false if there is no such account. */
  boolean setAdministrator(AccountId id, boolean isAdministrator) {
    return outbox.write((handle, events) -> {
      int updated =
          handle.execute(
              "UPDATE account SET administrator = ? WHERE id = ? AND removed_at IS NULL",
              isAdministrator,
              id.value());
      if (updated == 1) {
        events.add(Event.of(ProfileChanged.TOPIC, new ProfileChanged(id.value())));
      }
      return updated == 1;
    });
  }

  List<Account> find(Collection<Long> ids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT " + COLUMNS + " FROM account WHERE id = ANY (:ids) AND removed_at IS NULL")
            .bind("ids", ids.toArray(Long[]::new))
            .map((row, context) -> account(row))
            .list());
  }

  Optional<AccountId> findByHandle(String handle) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT id FROM account WHERE handle = ? AND removed_at IS NULL")
            .bind(0, handle)
            .map((row, context) -> new AccountId(row.getLong(1)))
            .findOne());
  }

  /** The ids of those of the handles, in lower case, that are somebody's. */
  Map<String, Long> findByHandles(Collection<String> handles) {
    Map<String, Long> found = HashMap.newHashMap(handles.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery("SELECT handle, id FROM account WHERE handle = ANY (:handles)")
            .bind("handles", handles.toArray(String[]::new))
            .map((row, context) -> found.put(row.getString(1), row.getLong(2)))
            .list());
    return found;
  }

  Optional<Credentials> credentials(AccountId id) {
    return credentials("id = ?", id.value());
  }

  Optional<Credentials> credentials(String handle) {
    return credentials("handle = ?", handle);
  }

  private Optional<Credentials> credentials(String whose, Object argument) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT id, password_hash FROM account WHERE removed_at IS NULL AND " + whose)
            .bind(0, argument)
            .map((row, context) ->
                new Credentials(
                    new AccountId(row.getLong(1)), Optional.ofNullable(row.getString(2))))
            .findOne());
  }

  /** False if it is another one by now. */
  boolean replaceHash(AccountId id, String old, String next) {
    return jdbi.withHandle(handle -> replaceHash(handle, id, old, next));
  }

  private static boolean replaceHash(Handle handle, AccountId id, String old, String next) {
    return handle.execute(
            "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?",
            next,
            id.value(),
            old)
        == 1;
  }

  /** Ends the other sessions with it, and answers with them; empty if the old hash is not right. */
  Optional<List<Long>> changePassword(Access caller, String old, String next, Instant now) {
    return outbox.write((handle, events) ->
        replaceHash(handle, caller.account(), old, next)
            ? Optional.of(
                PgSessions.endOthers(handle, events, caller.account(), caller.session(), now))
            : Optional.empty());
  }

  /**
   * Empties the account and ends its sessions, with {@link AccountRemoved}; answers with the
   * sessions. No handle begins with a hyphen, so the freed one is replaced by one that is nobody's.
   */
  Optional<List<Long>> remove(AccountId id, Instant now) {
    return outbox.write((handle, events) -> {
      int removed =
          handle.execute(
              """
              UPDATE account SET removed_at = ?, handle = '-' || id, first_name = '', last_name = '', birthdate = NULL,
                                 city = '', biography = '', password_hash = NULL, administrator = false, version = version + 1
              WHERE id = ? AND removed_at IS NULL
              """,
              now.atOffset(ZoneOffset.UTC),
              id.value());
      if (removed == 0) {
        return Optional.empty();
      }
      events.add(Event.of(AccountRemoved.TOPIC, new AccountRemoved(id.value())));
      return Optional.of(PgSessions.endOthers(handle, events, id, Optional.empty(), now));
    });
  }

  void eraseOn(AccountId id) {
    outbox.write((handle, events) -> {
      events.add(Event.of(AccountRemoved.TOPIC, new AccountRemoved(id.value())));
      return id;
    });
  }

  List<AccountId> removed(long after, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT id FROM account WHERE removed_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?")
            .bind(0, after)
            .bind(1, limit)
            .map((row, context) -> new AccountId(row.getLong(1)))
            .list());
  }

  /** The foreign keys say whether anything is left: what was written late is not overlooked. */
  boolean eraseRow(AccountId id) {
    try {
      int _ =
          jdbi.withHandle(handle ->
              handle.execute(
                  "DELETE FROM account WHERE id = ? AND removed_at IS NOT NULL", id.value()));
      return true;
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql && STILL_REFERRED_TO.equals(sql.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /**
   * People whose handle, first or last name begins so, newest first; three index scans, each cut at
   * the limit.
   */
  List<Account> search(String prefix, long before, int limit) {
    return replica.query(handle ->
        handle
            .createQuery(
                """
                SELECT %s FROM account WHERE id IN (
                  (SELECT id FROM account WHERE handle LIKE :prefix AND id < :before AND removed_at IS NULL ORDER BY id DESC LIMIT :limit)
                  UNION
                  (SELECT id FROM account WHERE lower(first_name) LIKE :prefix AND id < :before AND removed_at IS NULL ORDER BY id DESC LIMIT :limit)
                  UNION
                  (SELECT id FROM account WHERE lower(last_name) LIKE :prefix AND id < :before AND removed_at IS NULL ORDER BY id DESC LIMIT :limit)
                ) ORDER BY id DESC LIMIT :limit
                """
                    .formatted(COLUMNS))
            .bind("prefix", likePrefix(prefix))
            .bind("before", before)
            .bind("limit", limit)
            .map((row, context) -> account(row))
            .list());
  }

  List<Account> searchByNames(String firstPrefix, String lastPrefix, int limit) {
    return replica.query(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM account WHERE lower(first_name) LIKE :first AND lower(last_name) LIKE :last AND removed_at IS NULL"
                    + " ORDER BY id LIMIT :limit")
            .bind("first", likePrefix(firstPrefix))
            .bind("last", likePrefix(lastPrefix))
            .bind("limit", limit)
            .map((row, context) -> account(row))
            .list());
  }

  private static String likePrefix(String prefix) {
    String lower = prefix.toLowerCase(java.util.Locale.ROOT);
    return lower.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private static Account account(ResultSet row) throws SQLException {
    Profile profile =
        new Profile(
            row.getString("first_name"),
            row.getString("last_name"),
            Optional.ofNullable(row.getObject("birthdate", LocalDate.class)),
            row.getString("city"),
            row.getString("biography"));
    return new Account(
        new AccountId(row.getLong("id")),
        row.getString("handle"),
        profile,
        row.getInt("version"),
        row.getBoolean("administrator"));
  }
}
