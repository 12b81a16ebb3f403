package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nobody learns from the time of a refusal who has an account. What is compared is the work of the
 * calling thread, not the clock: other work on the machine does not count.
 */
class SignInTest {
  private static final String PASSWORD = "a long enough password";
  private static final int TIMES = 9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static Database database;
  private static Accounts accounts;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    InstantSource clock = InstantSource.system();
    Ids ids = new Ids(clock, 1);
    Outbox outbox = new Outbox(database.jdbi(), new PgOutboxStore(database.jdbi(), ids, clock));
    accounts =
        new Accounts(database.jdbi(), outbox, new Passwords(), ids, clock, Invalidations.none());
    Profile profile = new Profile("Ada", "", Optional.empty(), "", "");
    accounts.register(new Registration(Optional.of("ada"), PASSWORD, profile));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void isAsMuchWorkForAnUnknownHandleAsForAWrongPassword() {
    work("ada");
    double known = median("ada");
    double unknown = median("nobody_at_all");
    assertThat(unknown / known).as("%,.0f ns and %,.0f ns", unknown, known).isBetween(0.6, 1.7);
  }

  private static double median(String handle) {
    double[] works = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      works[i] = work(handle);
    }
    Arrays.sort(works);
    return works[TIMES / 2];
  }

  private static long work(String handle) {
    long before = THREADS.getCurrentThreadCpuTime();
    assertThat(accounts.signIn(handle, "a wrong password")).isEmpty();
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
