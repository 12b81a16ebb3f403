package io.freshet.account;

import io.freshet.account.PgAccounts.Credentials;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Audit;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import io.freshet.platform.Page;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The sign-ins that last. Each process remembers those in use, so that a request costs no SQL, and
 * forgets one the moment it ends anywhere. When a session was last used is kept to some minutes,
 * and lost in a crash since the last {@link #save}. Thread-safe.
 */
public final class Sessions implements Standing {
  /** Of one account; the oldest is ended for the newest. Nobody has so many devices. */
  public static final int MAX_SESSIONS = 100;

  /**
   * A refresh token is taken once more so long after its use, in place of the one that it brought,
   * if nobody has used that one: the answer may have been lost.
   */
  static final Duration LOST_ANSWER = Duration.ofSeconds(30);

  /** A password hashed anew by another sign-in at the same moment is proven once more. */
  private static final int TRIES = 2;

  /** Sessions remembered: about 250 bytes each. */
  private static final long REMEMBERED = 100_000;

  /** A use is noted once in this time. */
  private static final Duration GRAIN = Duration.ofMinutes(5);

  private final PgSessions store;
  private final Accounts accounts;
  private final Ids ids;
  private final InstantSource clock;
  private final Duration life;
  private final Invalidations invalidations;
  private final NearCache<SessionState> sessions;
  private final Map<Long, Instant> noted = new ConcurrentHashMap<>();
  private final Map<Long, Instant> unsaved = new ConcurrentHashMap<>();

  /**
   * @param life of a session that nobody refreshes
   */
  public Sessions(
      Jdbi jdbi,
      Outbox outbox,
      Accounts accounts,
      Ids ids,
      InstantSource clock,
      Duration life,
      Invalidations invalidations) {
    this.store = new PgSessions(jdbi, outbox);
    this.accounts = accounts;
    this.ids = ids;
    this.clock = clock;
    this.life = life;
    this.invalidations = invalidations;
    this.sessions =
        new NearCache<>("sessions", REMEMBERED, (id, state) -> 1, this::load, invalidations);
  }

  /**
   * A session with the word that carries it on.
   *
   * @param secret a refresh token or a cookie, told this once
   */
  public record Opened(Session session, String secret) {}

  /** Of a session that nobody refreshes. */
  public Duration life() {
    return life;
  }

  /**
   * Opens a session for who knows the password, as long as it is the password: one that is being
   * changed opens none.
   */
  public Optional<Opened> signIn(String handle, String password, Session.Kind kind, Client client) {
    return signIn(() -> accounts.credentials(handle), password, kind, client, life);
  }

  public Optional<Opened> signIn(
      AccountId id, String password, Session.Kind kind, Client client, Duration lasting) {
    return signIn(() -> accounts.credentials(id), password, kind, client, lasting);
  }

  private Optional<Opened> signIn(
      Supplier<Optional<Credentials>> whose,
      String password,
      Session.Kind kind,
      Client client,
      Duration lasting) {
    Optional<Opened> opened = Optional.empty();
    Optional<Credentials> known = whose.get();
    Optional<Credentials> proven = accounts.prove(known, password);
    for (int i = 0; i < TRIES && proven.isPresent() && opened.isEmpty(); i++) {
      Credentials credentials = proven.get();
      opened = open(credentials.id(), kind, client, lasting, credentials.hash());
      if (opened.isPresent()) {
        accounts.renewHash(credentials, password);
      } else {
        proven = accounts.prove(whose.get(), password);
      }
    }
    long account = known.map(credentials -> credentials.id().value()).orElse(Audit.NOBODY);
    if (opened.isPresent()) {
      Audit.done("sign-in", account);
    } else {
      Audit.refused("sign-in", account, "wrong-handle-or-password");
    }
    return opened;
  }

  /** Opens a session that lasts as long as its kind does; empty if the account has just gone. */
  public Optional<Opened> open(AccountId account, Session.Kind kind, Client client) {
    return open(account, kind, client, life, Optional.empty());
  }

  /**
   * @param hash that the password must still have
   */
  private Optional<Opened> open(
      AccountId account,
      Session.Kind kind,
      Client client,
      Duration lasting,
      Optional<String> hash) {
    Instant now = clock.instant();
    Session session =
        new Session(new SessionId(ids.next()), account, kind, client, now, now.plus(lasting));
    SessionSecret secret = SessionSecret.draw(session.id());
    Optional<List<Long>> ended = store.insert(session, secret, hash, MAX_SESSIONS);
    ended.ifPresent(this::forget);
    if (ended.isPresent()) {
      Audit.done("session-begin", account.value());
    }
    return ended.map(_ -> new Opened(session, secret.word()));
  }

  /**
   * Carries a session on: the word is used up and another comes back. A word that was used up
   * before is in two hands, so it ends the session; empty then, and for what never was one of ours.
   */
  public Optional<Opened> refresh(String word) {
    Optional<SessionSecret> shown = SessionSecret.parse(word);
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    SessionSecret next = shown.get().next();
    SessionId id = next.session();
    Instant now = clock.instant();
    Session[] refreshed = new Session[1];
    Optional<PgSessions.Renewal> renewal;
    try {
      renewal =
          store.refresh(
              id,
              now,
              found -> {
                refreshed[0] = found.session();
                return renewal(found, shown.get(), next, now);
              });
    } catch (RuntimeException unknownOutcome) {
      sessions.invalidate(id.value());
      throw unknownOutcome;
    }
    if (renewal.isPresent() && renewal.get().isEnd()) {
      Audit.refused("refresh", refreshed[0].account().value(), "token-used-twice");
      sessions.invalidate(id.value());
      return Optional.empty();
    }
    return renewal.map(_ -> new Opened(refreshed[0], next.word()));
  }

  private Optional<PgSessions.Renewal> renewal(
      PgSessions.Family found, SessionSecret shown, SessionSecret next, Instant now) {
    boolean isOurs = MessageDigest.isEqual(found.family(), shown.familyHash());
    if (!isOurs || found.isEnded() || !now.isBefore(found.session().expires())) {
      return Optional.empty();
    }
    byte[] hash = shown.secretHash();
    Instant expires = now.plus(life);
    if (MessageDigest.isEqual(found.secret(), hash)) {
      return Optional.of(
          new PgSessions.Renewal(next.secretHash(), Optional.of(hash), now, expires, false));
    }
    Optional<Instant> lost =
        found
            .refreshedAt()
            .filter(at ->
                now.isBefore(at.plus(LOST_ANSWER))
                    && MessageDigest.isEqual(found.previous().orElseThrow(), hash));
    // The time of the first use stays: repeating does not make the moment longer.
    return Optional.of(
        new PgSessions.Renewal(
            next.secretHash(), Optional.of(hash), lost.orElse(now), expires, lost.isEmpty()));
  }

  /** Ends one session of the account; false if there is none that goes on. */
  public boolean end(AccountId account, SessionId id) {
    List<Long> ended;
    try {
      ended = store.end(account, id, clock.instant());
    } finally {
      sessions.invalidate(id.value());
    }
    ended.forEach(_ -> Audit.done("session-end", account.value()));
    return !ended.isEmpty();
  }

  /** Ends all sessions of the account but for the spared one. */
  public void endOthers(AccountId account, Optional<SessionId> spared) {
    List<Long> ended = store.endOthers(account, spared, clock.instant());
    Audit.done("session-end-others", account.value());
    forget(ended);
  }

  /** Changes the password of who knows the current one; all other sessions end with the old one. */
  public void changePassword(Access caller, String current, String wanted) {
    List<Long> ended = accounts.changePassword(caller, current, wanted);
    Audit.done("password-change", caller.account().value());
    forget(ended);
  }

  /** Removes the account of who knows its password: from here on nobody sees anything of theirs. */
  public void removeAccount(AccountId id, String password) {
    accounts.requirePasswordToRemove(id, password);
    boolean _ = removeAccount(id);
  }

  /** The same without being asked; false if there is no such account any more. */
  public boolean removeAccount(AccountId id) {
    Optional<List<Long>> ended = accounts.remove(id);
    ended.ifPresent(sessionsOfIt -> {
      Audit.done("account-removal", id.value());
      forget(sessionsOfIt);
    });
    return ended.isPresent();
  }

  /** The account's sessions that go on, newest first. */
  public Page<Session> list(AccountId account, long before, int limit) {
    return Page.of(
        store.listBelow(account, before, limit + 1, clock.instant()),
        limit,
        session -> session.id().value());
  }

  /** An operator's token is good while there is the account. */
  @Override
  public boolean stands(Access access) {
    if (access.session().isEmpty()) {
      return accounts.find(access.account()).isPresent();
    }
    invalidations.catchUp();
    SessionState state = sessions.get(access.session().get().value());
    boolean stands = state != null && state.isOf(access.account());
    if (stands) {
      note(access.session().get());
    }
    return stands;
  }

  @Override
  public Optional<Access> byCookie(String cookie) {
    Optional<SessionSecret> shown = SessionSecret.parse(cookie);
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    invalidations.catchUp();
    SessionState state = sessions.get(shown.get().session().value());
    if (state == null || !state.opensBy(shown.get(), clock.instant())) {
      return Optional.empty();
    }
    note(state.id());
    return Optional.of(new Access(state.account(), Optional.of(state.id())));
  }

  /** Has every process forget sessions that have ended. */
  public void forget(Collection<Long> ended) {
    ended.forEach(sessions::invalidate);
  }

  private Map<Long, SessionState> load(Collection<Long> missing) {
    Map<Long, SessionState> found = HashMap.newHashMap(missing.size());
    store.states(missing).forEach(state -> found.put(state.id().value(), state));
    return found;
  }

  private void note(SessionId session) {
    Instant now = clock.instant();
    Instant last = noted.get(session.value());
    if (last == null || last.plus(GRAIN).isBefore(now)) {
      noted.put(session.value(), now);
      unsaved.put(session.value(), now);
    }
  }

  /** Saves when sessions were used since the last time. */
  public void save() {
    Map<Long, Instant> batch = new HashMap<>(unsaved);
    if (batch.isEmpty()) {
      return;
    }
    store.used(batch);
    batch.forEach(unsaved::remove);
    Instant stale = clock.instant().minus(GRAIN);
    noted.values().removeIf(at -> at.isBefore(stale));
  }

  /** Deletes some sessions that ended or expired before; false when there are no more. */
  public boolean sweep(Instant before, int limit) {
    return store.sweep(before, limit) == limit;
  }

  /** Deletes some of a removed account's sessions; true if there may be more. */
  public boolean eraseOf(AccountId account, int limit) {
    return store.eraseOf(account.value(), limit);
  }
}
