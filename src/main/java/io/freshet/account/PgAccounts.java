package io.freshet.account;

import io.freshet.account.AccountException.Problem;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Replica;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The account table. */
final class PgAccounts {
  private static final String COLUMNS =
      "id, handle, first_name, last_name, birthdate, city, biography, version";
  private static final String UNIQUE_VIOLATION = "23505";

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
              WHERE id = ?
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

  List<Account> find(Collection<Long> ids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + COLUMNS + " FROM account WHERE id = ANY (:ids)")
            .bind("ids", ids.toArray(Long[]::new))
            .map((row, context) -> account(row))
            .list());
  }

  Optional<AccountId> findByHandle(String handle) {
    return jdbi.withHandle(h ->
        h.createQuery("SELECT id FROM account WHERE handle = ?")
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
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id, password_hash FROM account WHERE id = ?")
            .bind(0, id.value())
            .map((row, context) ->
                new Credentials(
                    new AccountId(row.getLong(1)), Optional.ofNullable(row.getString(2))))
            .findOne());
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
                  (SELECT id FROM account WHERE handle LIKE :prefix AND id < :before ORDER BY id DESC LIMIT :limit)
                  UNION
                  (SELECT id FROM account WHERE lower(first_name) LIKE :prefix AND id < :before ORDER BY id DESC LIMIT :limit)
                  UNION
                  (SELECT id FROM account WHERE lower(last_name) LIKE :prefix AND id < :before ORDER BY id DESC LIMIT :limit)
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
                    + " FROM account WHERE lower(first_name) LIKE :first AND lower(last_name) LIKE :last"
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
        new AccountId(row.getLong("id")), row.getString("handle"), profile, row.getInt("version"));
  }
}
