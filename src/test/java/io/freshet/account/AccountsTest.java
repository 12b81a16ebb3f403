package io.freshet.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.freshet.account.AccountException.Problem;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final MovableClock CLOCK = new MovableClock();
  private static Database database;
  private static PgOutboxStore outboxStore;
  private static Accounts accounts;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    Ids ids = new Ids(CLOCK, 0);
    outboxStore = new PgOutboxStore(database.jdbi(), ids, CLOCK);
    Outbox outbox = new Outbox(database.jdbi(), outboxStore);
    accounts =
        new Accounts(database.jdbi(), outbox, new Passwords(), ids, CLOCK, Invalidations.none());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void signsInWithTheRightPasswordOnly() {
    Account ada = register("Ada_1", "correct horse", profile("Ada", "Lovelace"));
    assertThat(ada.handle()).isEqualTo("ada_1");
    assertThat(accounts.signIn("ADA_1", "correct horse")).contains(ada.id());
    assertThat(accounts.signIn(ada.id(), "correct horse")).contains(ada.id());
    assertThat(accounts.signIn("ada_1", "wrong horse")).isEmpty();
    assertThat(accounts.signIn("nobody", "correct horse")).isEmpty();
    assertThat(accounts.signIn(new AccountId(1), "correct horse")).isEmpty();
  }

  /** The quickest of some, for a busy machine makes any of them slow. */
  private long quickest(String handle) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      long start = System.nanoTime();
      assertThat(accounts.signIn(handle, "wrong horse")).isEmpty();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  @Test
  void takesAsLongForAnUnknownNameAsForAWrongPassword() {
    register("timed", "correct horse", profile("Ada", ""));
    Account gone = register("goner", "correct horse", profile("Ada", ""));
    database
        .jdbi()
        .useHandle(h ->
            h.execute("UPDATE account SET removed_at = now() WHERE id = ?", gone.id().value()));
    double known = quickest("timed");
    assertThat(quickest("nobody_at_all") / known).isBetween(0.5, 2.0);
    assertThat(quickest("goner") / known).isBetween(0.5, 2.0);
  }

  @Test
  void hashesAnewAtSignInWhenTheParametersHaveChanged() {
    Account ada = register("aged", "correct horse", profile("Ada", ""));
    String old =
        Password.hash("correct horse")
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(8 * 1024, 1, 1, 32, Argon2.ID))
            .getResult();
    database
        .jdbi()
        .useHandle(h ->
            h.execute("UPDATE account SET password_hash = ? WHERE id = ?", old, ada.id().value()));
    assertThat(accounts.signIn("aged", "wrong horse")).isEmpty();
    assertThat(hash(ada.id())).isEqualTo(old);
    assertThat(accounts.signIn("aged", "correct horse")).contains(ada.id());
    assertThat(hash(ada.id())).contains("m=19456,t=2,p=1");
    assertThat(accounts.signIn("aged", "correct horse")).contains(ada.id());
  }

  private String hash(AccountId id) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery("SELECT password_hash FROM account WHERE id = ?")
                .bind(0, id.value())
                .mapTo(String.class)
                .one());
  }

  @Test
  void countsCharactersAndNotBytesOfAPassword() {
    String longest = "\uD83D\uDC34".repeat(128);
    Account horse = register("horse", longest, profile("Horse", ""));
    assertThat(accounts.signIn("horse", longest)).contains(horse.id());
  }

  @Test
  void makesAHandleForWhoHasNone() {
    Profile profile = profile("No", "Handle");
    Account account =
        accounts.register(new Registration(Optional.empty(), "correct horse", profile));
    assertThat(accounts.findByHandle(account.handle())).contains(account);
  }

  @Test
  void refusesWhatIsNotValid() {
    assertProblem("handle", () -> register("a b", "correct horse", profile("Ada", "")));
    assertProblem("password", () -> register("short", "1234567", profile("Ada", "")));
    assertProblem("password", () -> register("common", "Password123", profile("Ada", "")));
    assertProblem("password", () -> register("long", "x".repeat(129), profile("Ada", "")));
    assertProblem("firstName", () -> register("nameless", "correct horse", profile(" ", "")));
    assertProblem("lastName", () -> register("lines", "correct horse", profile("Ada", "a\nb")));
    LocalDate tomorrow = LocalDate.of(2026, 1, 2);
    Profile unborn = new Profile("Ada", "", Optional.of(tomorrow), "", "");
    assertProblem("birthdate", () -> register("unborn", "correct horse", unborn));
    assertThat(accounts.findByHandle("unborn")).isEmpty();
  }

  @Test
  void givesAHandleToOneOnly() {
    register("taken", "correct horse", profile("First", ""));
    assertThatThrownBy(() -> register("taken", "correct horse", profile("Second", "")))
        .isInstanceOfSatisfying(
            AccountException.class, e -> assertThat(e.problem()).isEqualTo(Problem.HANDLE_TAKEN));
  }

  @Test
  void findsPeopleByTheBeginningOfAName() {
    Account grace = register("ghopper", "correct horse", profile("Grace", "Hopper"));
    assertThat(accounts.search("hOp", Long.MAX_VALUE, 10).items()).containsExactly(grace);
    assertThat(accounts.search("gra", Long.MAX_VALUE, 10).items()).containsExactly(grace);
    assertThat(accounts.search("gho", Long.MAX_VALUE, 10).items()).containsExactly(grace);
    assertThat(accounts.search("g%", Long.MAX_VALUE, 10).items()).isEmpty();
    assertThat(accounts.searchByNames("Gr", "Ho", 10)).containsExactly(grace);
    assertThat(accounts.searchByNames("Gr", "Lo", 10)).isEmpty();
  }

  @Test
  void showsAChangedProfileAtOnce() {
    Account account = register("changing", "correct horse", profile("Old", "Name"));
    Account changed = accounts.updateProfile(account.id(), profile("New", "Name"));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(accounts.find(account.id())).contains(changed);
  }

  @Test
  void savesTheChangeOfAProfileAsAnEvent() {
    Account ada = register("ada_9", "correct horse", profile("Ada", "Lovelace"));
    accounts.updateProfile(ada.id(), profile("Ada", "King"));
    assertThat(outboxStore.claim(9, CLOCK.instant(), CLOCK.instant().plusSeconds(1)))
        .extracting(row -> row.event().topic())
        .contains(ProfileChanged.TOPIC);
  }

  private static Account register(String handle, String password, Profile profile) {
    return accounts.register(new Registration(Optional.of(handle), password, profile));
  }

  private static Profile profile(String first, String last) {
    return new Profile(first, last, Optional.empty(), "", "");
  }

  private static void assertProblem(String field, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AccountException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.INVALID);
              assertThat(e.field()).isEqualTo(field);
            });
  }
}
