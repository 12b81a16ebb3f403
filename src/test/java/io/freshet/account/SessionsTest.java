package io.freshet.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.account.Session.Kind;
import io.freshet.account.Sessions.Opened;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Client LYNX = Client.of("Lynx/2.8", "192.0.2.77");
  private static final String PASSWORD = "correct horse";
  private static final Database database = TestDatabase.open();

  private final MovableClock clock = new MovableClock();
  private final Jdbi jdbi = database.jdbi();
  private final Ids ids = new Ids(InstantSource.system(), 3);
  private final Outbox outbox = new Outbox(jdbi, new PgOutboxStore(jdbi, ids, clock));
  private final Accounts accounts =
      new Accounts(jdbi, outbox, new Passwords(), ids, clock, Invalidations.none());
  private final Sessions sessions = sessions();
  private AccountId ada = new AccountId(1);

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void register() {
    Profile profile = new Profile("Ada", "", Optional.empty(), "", "");
    ada = accounts.register(new Registration(Optional.empty(), PASSWORD, profile)).id();
  }

  private Sessions sessions() {
    return new Sessions(
        jdbi, outbox, accounts, ids, clock, Duration.ofDays(30), Invalidations.none());
  }

  private Opened open(Kind kind) {
    return sessions.open(ada, kind, LYNX).orElseThrow();
  }

  private boolean stands(Opened opened) {
    return sessions.stands(opened.session().access());
  }

  private Opened refresh(Opened opened) {
    return sessions.refresh(opened.secret()).orElseThrow();
  }

  @Test
  void bringsAnotherRefreshTokenEachTime() {
    Opened first = open(Kind.TOKEN);
    Opened second = refresh(first);
    Opened third = refresh(second);
    assertThat(List.of(first.secret(), second.secret(), third.secret())).doesNotHaveDuplicates();
    assertThat(third.session().access()).isEqualTo(first.session().access());
    assertThat(stands(first)).isTrue();
  }

  @Test
  void endsTheSessionWhoseTokenIsUsedTwice() {
    Opened stolen = open(Kind.TOKEN);
    Opened next = refresh(refresh(stolen));
    assertThat(sessions.refresh(stolen.secret())).isEmpty();
    assertThat(stands(stolen)).isFalse();
    assertThat(sessions.refresh(next.secret())).isEmpty();
    assertThat(events()).contains(next.session().id().toString());
  }

  @Test
  void takesATokenOnceMoreWhenItsAnswerWasLost() {
    Opened first = open(Kind.TOKEN);
    Opened lost = refresh(first);
    clock.advance(Sessions.LOST_ANSWER.minusSeconds(1));
    Opened again = refresh(first);
    assertThat(stands(again)).isTrue();
    // The lost one was in somebody else's hands after all.
    assertThat(sessions.refresh(lost.secret())).isEmpty();
    assertThat(stands(again)).isFalse();
  }

  @Test
  void takesNoUsedTokenLater() {
    Opened first = open(Kind.TOKEN);
    refresh(first);
    clock.advance(Duration.ofSeconds(20));
    refresh(first);
    clock.advance(Duration.ofSeconds(20));
    assertThat(sessions.refresh(first.secret())).isEmpty();
    assertThat(stands(first)).isFalse();
  }

  @Test
  void isNotEndedByWhoMakesATokenUp() {
    Opened opened = open(Kind.TOKEN);
    SessionSecret made = SessionSecret.draw(opened.session().id());
    assertThat(sessions.refresh(made.word())).isEmpty();
    assertThat(sessions.refresh("")).isEmpty();
    assertThat(sessions.refresh("x".repeat(75))).isEmpty();
    assertThat(sessions.refresh("=".repeat(75))).isEmpty();
    assertThat(stands(opened)).isTrue();
    assertThat(refresh(opened).secret()).isNotEmpty();
  }

  @Test
  void lastsAsLongAsItIsRefreshed() {
    Opened opened = open(Kind.TOKEN);
    clock.advance(Duration.ofDays(29));
    Opened next = refresh(opened);
    clock.advance(Duration.ofDays(29));
    Opened last = refresh(next);
    clock.advance(Duration.ofDays(30));
    assertThat(sessions.refresh(last.secret())).isEmpty();
    assertThat(sessions.list(ada, Long.MAX_VALUE, 10).items()).isEmpty();
  }

  @Test
  void opensByItsCookieOnly() {
    Opened cookie = open(Kind.COOKIE);
    assertThat(sessions.byCookie(cookie.secret())).contains(cookie.session().access());
    assertThat(sessions.refresh(cookie.secret())).isEmpty();
    assertThat(sessions.byCookie(SessionSecret.draw(cookie.session().id()).word())).isEmpty();
    assertThat(sessions.byCookie(open(Kind.TOKEN).secret())).isEmpty();
    clock.advance(Duration.ofDays(30));
    assertThat(sessions.byCookie(cookie.secret())).isEmpty();
  }

  @Test
  void isOfItsOwnerOnly() {
    Opened opened = open(Kind.TOKEN);
    AccountId other = new AccountId(ada.value() + 1);
    assertThat(sessions.stands(new Access(other, Optional.of(opened.session().id())))).isFalse();
    assertThat(sessions.end(other, opened.session().id())).isFalse();
    assertThat(stands(opened)).isTrue();
    assertThat(sessions.end(ada, opened.session().id())).isTrue();
    assertThat(sessions.end(ada, opened.session().id())).isFalse();
    assertThat(stands(opened)).isFalse();
  }

  @Test
  void endsTheOldestOfTooMany() {
    Opened oldest = open(Kind.TOKEN);
    Opened second = open(Kind.TOKEN);
    for (int i = 2; i < Sessions.MAX_SESSIONS; i++) {
      open(Kind.TOKEN);
    }
    assertThat(stands(oldest)).isTrue();
    open(Kind.TOKEN);
    assertThat(stands(oldest)).isFalse();
    assertThat(stands(second)).isTrue();
  }

  @Test
  void endsTheOthersWithThePassword() {
    Opened mine = open(Kind.TOKEN);
    Opened other = open(Kind.COOKIE);
    assertThatThrownBy(() -> sessions.changePassword(mine.session().access(), "wrong", "new horse"))
        .isInstanceOf(AccountException.class);
    assertThat(stands(other)).isTrue();
    sessions.changePassword(mine.session().access(), PASSWORD, "new horse");
    assertThat(stands(mine)).isTrue();
    assertThat(stands(other)).isFalse();
    assertThat(accounts.signIn(ada, PASSWORD)).isEmpty();
    assertThat(accounts.signIn(ada, "new horse")).contains(ada);
  }

  /** Whoever proved the old password a moment before the change opens nothing after it. */
  @Test
  void opensNothingForAPasswordThatIsBeingChanged() {
    assertThat(sessions.signIn(ada, PASSWORD, Kind.COURSE, LYNX, Duration.ofHours(1))).isPresent();
    String hash = accounts.credentials(ada).flatMap(PgAccounts.Credentials::hash).orElseThrow();
    Opened mine = open(Kind.TOKEN);
    sessions.changePassword(mine.session().access(), PASSWORD, "new horse");
    PgSessions store = new PgSessions(jdbi, outbox);
    Session late =
        new Session(
            new SessionId(ids.next()), ada, Kind.TOKEN, LYNX, clock.instant(), clock.instant());
    SessionSecret secret = SessionSecret.draw(late.id());
    assertThat(store.insert(late, secret, Optional.of(hash), 9)).isEmpty();
    assertThat(sessions.signIn(ada, PASSWORD, Kind.COURSE, LYNX, Duration.ofHours(1))).isEmpty();
    assertThat(sessions.signIn(ada, "new horse", Kind.COURSE, LYNX, Duration.ofHours(1)))
        .isPresent();
  }

  @Test
  void endsWithTheAccount() {
    Opened opened = open(Kind.TOKEN);
    Access byOperator = Access.of(ada);
    assertThat(sessions.stands(byOperator)).isTrue();
    assertThatThrownBy(() -> sessions.removeAccount(ada, "wrong horse"))
        .isInstanceOf(AccountException.class);
    sessions.removeAccount(ada, PASSWORD);
    assertThat(stands(opened)).isFalse();
    assertThat(sessions.stands(byOperator)).isFalse();
    assertThat(sessions.open(ada, Kind.TOKEN, LYNX)).isEmpty();
    assertThat(accounts.signIn(ada, PASSWORD)).isEmpty();
    assertThat(accounts.find(ada)).isEmpty();
  }

  @Test
  void isListedWithItsProgramAndNetworkAndLastUse() {
    Opened opened = open(Kind.TOKEN);
    clock.advance(Duration.ofHours(1));
    assertThat(stands(opened)).isTrue();
    sessions.save();
    Session listed = sessions.list(ada, Long.MAX_VALUE, 10).items().getFirst();
    assertThat(listed.client()).isEqualTo(new Client("Lynx/2.8", "192.0.2.0/24"));
    assertThat(listed.lastUsed()).isEqualTo(clock.instant());
  }

  @Test
  void isSweptWhenItIsOver() {
    Opened ended = open(Kind.TOKEN);
    Opened living = open(Kind.TOKEN);
    sessions.end(ada, ended.session().id());
    clock.advance(Duration.ofSeconds(1));
    while (sessions.sweep(clock.instant(), 10)) {
      // again
    }
    assertThat(stands(living)).isTrue();
    assertThat(count(ended.session().id())).isZero();
    assertThat(count(living.session().id())).isEqualTo(1);
  }

  @Test
  void keepsNothingThatOpensIt() {
    Opened opened = open(Kind.TOKEN);
    SessionSecret secret = SessionSecret.parse(opened.secret()).orElseThrow();
    String row =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT session::text FROM session WHERE id = ?")
                .bind(0, opened.session().id().value())
                .mapTo(String.class)
                .one());
    java.util.HexFormat hex = java.util.HexFormat.of();
    assertThat(row)
        .doesNotContain(hex.formatHex(secret.secret()), hex.formatHex(secret.family()))
        .contains(hex.formatHex(secret.secretHash()));
  }

  private int count(SessionId id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM session WHERE id = ?")
            .bind(0, id.value())
            .mapTo(Integer.class)
            .one());
  }

  private String events() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT string_agg(convert_from(body, 'UTF8'), ' ') FROM outbox WHERE topic = ?")
            .bind(0, SessionsEnded.TOPIC)
            .mapTo(String.class)
            .one());
  }
}
