package io.freshet.account;

import io.freshet.account.AccountException.Problem;
import io.freshet.account.PgAccounts.Credentials;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Audit;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import io.freshet.platform.Page;
import io.freshet.platform.Replica;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * The people. Accounts are remembered in each process and forgotten when their profile changes.
 * Thread-safe.
 */
public final class Accounts {
  private static final Pattern HANDLE = Pattern.compile("[a-z0-9_]{3,30}");

  /** Accounts remembered: about 500 bytes each. */
  private static final long REMEMBERED = 100_000;

  /** The id under which all who were removed are remembered. */
  private static final long ALL = 0;

  private final PgAccounts store;
  private final Invalidations invalidations;
  private final Passwords passwords;
  private final Ids ids;
  private final InstantSource clock;
  private final NearCache<Account> accounts;
  private final NearCache<Set<Long>> removed;

  public Accounts(
      Jdbi jdbi,
      Outbox outbox,
      Passwords passwords,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations) {
    this(jdbi, outbox, passwords, ids, clock, invalidations, Replica.none(jdbi));
  }

  public Accounts(
      Jdbi jdbi,
      Outbox outbox,
      Passwords passwords,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations,
      Replica replica) {
    this.store = new PgAccounts(replica, jdbi, outbox);
    this.invalidations = invalidations;
    this.passwords = passwords;
    this.ids = ids;
    this.clock = clock;
    this.accounts =
        new NearCache<>("accounts", REMEMBERED, (id, account) -> 1, this::load, invalidations);
    this.removed =
        new NearCache<>(
            "removed-accounts", 1, (id, all) -> 1, _ -> Map.of(ALL, loadRemoved()), invalidations);
  }

  public Account register(Registration registration) {
    registration.profile().validate(today());
    AccountId id = new AccountId(ids.next());
    String handle =
        registration
            .handle()
            .map(Accounts::validHandle)
            .orElse("u" + Long.toString(id.value(), 36));
    Account account = new Account(id, handle, registration.profile(), 1, false);
    store.insert(account, passwords.hash(registration.password()));
    return account;
  }

  public Account updateProfile(AccountId id, Profile profile) {
    profile.validate(today());
    try {
      if (!store.update(id, profile)) {
        throw new AccountException(Problem.NOT_FOUND, "id", "there is no account " + id);
      }
    } finally {
      accounts.invalidate(id.value());
    }
    return Objects.requireNonNull(accounts.get(id.value()));
  }

  /** Makes somebody an administrator, or no longer; holds for every request that begins later. */
  public void appoint(AccountId id, boolean isAdministrator) {
    try {
      if (!store.setAdministrator(id, isAdministrator)) {
        throw new AccountException(Problem.NOT_FOUND, "id", "there is no account " + id);
      }
    } finally {
      accounts.invalidate(id.value());
    }
    Audit.done(isAdministrator ? "administrator-appointed" : "administrator-revoked", id.value());
  }

  public boolean isAdministrator(AccountId id) {
    return find(id).map(Account::isAdministrator).orElse(false);
  }

  /** Who signs in with this handle and password. */
  public Optional<AccountId> signIn(String handle, String password) {
    return checkPassword(store.credentials(handle.toLowerCase(Locale.ROOT)), password);
  }

  public Optional<AccountId> signIn(AccountId id, String password) {
    return checkPassword(store.credentials(id), password);
  }

  private Optional<AccountId> checkPassword(Optional<Credentials> found, String password) {
    Optional<Credentials> proven = prove(found, password);
    proven.ifPresent(credentials -> renewHash(credentials, password));
    return proven.map(Credentials::id);
  }

  /** The credentials, if this is their password. */
  Optional<Credentials> prove(Optional<Credentials> found, String password) {
    boolean matches = passwords.matches(password, found.flatMap(Credentials::hash));
    return matches ? found : Optional.empty();
  }

  Optional<Credentials> credentials(String handle) {
    return store.credentials(handle.toLowerCase(Locale.ROOT));
  }

  Optional<Credentials> credentials(AccountId id) {
    return store.credentials(id);
  }

  /** Hashes a password anew that was hashed with other parameters than those of today. */
  void renewHash(Credentials proven, String password) {
    String old = proven.hash().orElseThrow();
    if (Passwords.isOutdated(old)) {
      boolean _ = store.replaceHash(proven.id(), old, passwords.rehash(password));
    }
  }

  /**
   * Changes the password of who knows the current one, and ends the account's other sessions with
   * it; answers with those.
   */
  List<Long> changePassword(Access caller, String current, String wanted) {
    Optional<String> hash = knownHash(caller.account(), "password-change", "current", current);
    String next = passwords.hash(wanted);
    return store
        .changePassword(caller, hash.orElseThrow(), next, clock.instant())
        .orElseThrow(() -> wrongPassword("current"));
  }

  /** The hash of the account's password, which must be this one for the deed to be done. */
  private Optional<String> knownHash(AccountId id, String deed, String field, String password) {
    Optional<String> hash = store.credentials(id).flatMap(Credentials::hash);
    if (!passwords.matches(password, hash)) {
      Audit.refused(deed, id.value(), "wrong-password");
      throw wrongPassword(field);
    }
    return hash;
  }

  private static AccountException wrongPassword(String field) {
    return new AccountException(Problem.WRONG_PASSWORD, field, "this is not your password");
  }

  /** Refuses who does not know the account's password. */
  void requirePasswordToRemove(AccountId id, String password) {
    Optional<String> _ = knownHash(id, "account-removal", "password", password);
  }

  /**
   * From here on nobody sees the account; answers with the sessions that ended with it, or nothing
   * if there is no such account any more.
   */
  Optional<List<Long>> remove(AccountId id) {
    try {
      return store.remove(id, clock.instant());
    } finally {
      forgetRemoved(id);
    }
  }

  /** One who was removed, should the remover have died before anybody was told. */
  public void forgetRemoved(AccountId id) {
    accounts.invalidate(id.value());
    removed.invalidate(ALL);
  }

  /**
   * Accounts that were removed and are not erased yet, as of the caller's last {@link
   * Invalidations#catchUp} or later.
   */
  public Set<Long> removed() {
    return Objects.requireNonNull(removed.get(ALL));
  }

  private Set<Long> loadRemoved() {
    return store.removed(0, Integer.MAX_VALUE).stream()
        .map(AccountId::value)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the account was removed and its row is still there. */
  public boolean isRemoved(AccountId id) {
    return store.removed(id.value() - 1, 1).equals(List.of(id));
  }

  /** Has the erasure of a removed account go on, should it have come to a halt. */
  public void eraseOn(AccountId id) {
    store.eraseOn(id);
  }

  /** Removed accounts whose rows are still there, with ids above {@code after}, ascending. */
  public List<AccountId> removed(long after, int limit) {
    return store.removed(after, limit);
  }

  /**
   * Deletes the row of a removed account that nothing refers to any more; false if something still
   * does.
   */
  public boolean eraseRow(AccountId id) {
    return store.eraseRow(id);
  }

  public Optional<Account> find(AccountId id) {
    invalidations.catchUp();
    return Optional.ofNullable(accounts.get(id.value()));
  }

  public Optional<Account> findByHandle(String handle) {
    return store.findByHandle(handle.toLowerCase(Locale.ROOT)).flatMap(this::find);
  }

  /** The ids of those of the handles, in lower case, that are somebody's. */
  public Map<String, Long> idsByHandle(Collection<String> handles) {
    return store.findByHandles(handles);
  }

  /** Those of the accounts that exist, by id. */
  public Map<Long, Account> findAll(Collection<Long> ids) {
    invalidations.catchUp();
    return hydrate(ids);
  }

  /**
   * The same as of the caller's last {@link Invalidations#catchUp} or later: whoever shows posts
   * has caught up to read them.
   */
  public Map<Long, Account> hydrate(Collection<Long> ids) {
    return accounts.getAll(ids);
  }

  /** People whose handle, first or last name begins with the prefix, newest first. */
  public Page<Account> search(String prefix, long before, int limit) {
    return Page.of(store.search(prefix, before, limit + 1), limit, account -> account.id().value());
  }

  public List<Account> searchByNames(String firstPrefix, String lastPrefix, int limit) {
    return store.searchByNames(firstPrefix, lastPrefix, limit);
  }

  /** Forgets one account in every process. */
  public void forget(long id) {
    accounts.invalidate(id);
  }

  /** Forgets what is remembered: for changes made past this object, such as an import. */
  public void forgetAll() {
    accounts.invalidateAll();
    removed.invalidateAll();
  }

  private Map<Long, Account> load(Collection<Long> missing) {
    Map<Long, Account> found = HashMap.newHashMap(missing.size());
    store.find(missing).forEach(account -> found.put(account.id().value(), account));
    return found;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /**
   * The handle in lower case.
   *
   * @throws AccountException INVALID if it can be nobody's
   */
  public static String validHandle(String handle) {
    String lower = handle.toLowerCase(Locale.ROOT);
    if (!HANDLE.matcher(lower).matches()) {
      throw new AccountException(
          Problem.INVALID, "handle", "a handle has 3 to 30 letters a to z, digits and underscores");
    }
    return lower;
  }
}
