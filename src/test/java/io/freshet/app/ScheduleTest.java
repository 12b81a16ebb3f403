package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.freshet.platform.Database;
import io.freshet.platform.Timetable;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schedulers of several processes on one database, stepped by hand. */
class ScheduleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Database database = TestDatabase.open();
  private final SettableClock clock = new SettableClock();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void doesATaskOnceForAllSchedulersAndAgainWhenItIsDue() {
    ManualScheduler first = scheduler(task(() -> done.add("first")));
    ManualScheduler second = scheduler(task(() -> done.add("second")));
    tick(first, second);
    assertThat(done).containsExactly("first");
    clock.tick(HOUR.minusSeconds(1));
    tick(second, first);
    assertThat(done).containsExactly("first");
    clock.tick(Duration.ofSeconds(2));
    tick(second, first);
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void leavesATaskAloneThatAnotherIsWorking() {
    List<ManualScheduler> other = new ArrayList<>();
    ManualScheduler first =
        scheduler(
            task(() -> {
              done.add("first");
              other.getFirst().runAnyDueExecutions();
            }));
    other.add(scheduler(task(() -> done.add("second"))));
    first.runAnyDueExecutions();
    assertThat(done).containsExactly("first");
  }

  @Test
  void doesATaskAgainThatFailed() {
    ManualScheduler scheduler =
        scheduler(
            task(() -> {
              done.add("tried");
              throw new IllegalStateException("not now");
            }));
    tick(scheduler);
    clock.tick(HOUR.plusSeconds(1));
    tick(scheduler);
    assertThat(done).hasSize(2);
  }

  @Test
  void beginsWithTheProcess() {
    AtomicInteger runs = new AtomicInteger();
    PeriodicTask task = new PeriodicTask("counting", HOUR, runs::incrementAndGet);
    Schedule one = Schedule.start(database.dataSource(), InstantSource.system(), List.of(task));
    Schedule two = Schedule.start(database.dataSource(), InstantSource.system(), List.of(task));
    await().until(() -> runs.get() == 1);
    one.close();
    two.close();
    assertThat(runs).hasValue(1);
  }

  @Test
  void followsAShorterPauseFromTheNextStartOn() {
    tick(scheduler(task(() -> done.add("hourly"))));
    ManualScheduler often = scheduler(task(new Timetable.Every(Duration.ofMinutes(5))));
    clock.tick(Duration.ofMinutes(5).minusSeconds(1));
    tick(often);
    assertThat(done).containsExactly("hourly");
    clock.tick(Duration.ofSeconds(2));
    tick(often);
    assertThat(done).containsExactly("hourly", "again");
    clock.tick(Duration.ofMinutes(5).plusSeconds(1));
    tick(often);
    assertThat(done).hasSize(3);
  }

  @Test
  void followsALongerPauseOnceTheTimeThatWasDueHasCome() {
    tick(scheduler(task(new Timetable.Every(Duration.ofMinutes(5)))));
    ManualScheduler hourly = scheduler(task(() -> done.add("hourly")));
    clock.tick(Duration.ofMinutes(5).plusSeconds(1));
    tick(hourly);
    assertThat(done).containsExactly("again", "hourly");
    clock.tick(HOUR.minusSeconds(1));
    tick(hourly);
    assertThat(done).hasSize(2);
    clock.tick(Duration.ofSeconds(2));
    tick(hourly);
    assertThat(done).hasSize(3);
  }

  @Test
  void followsACronExpressionInsteadOfAPauseAndAnotherInsteadOfThat() {
    clock.set(Instant.parse("2026-03-01T10:15:00Z"));
    tick(scheduler(task(new Timetable.Every(Duration.ofHours(100)))));
    done.clear();
    ManualScheduler nightly = scheduler(task(new Timetable.Cron("0 0 4 * * *")));
    clock.set(Instant.parse("2026-03-02T03:59:59Z"));
    tick(nightly);
    assertThat(done).isEmpty();
    clock.set(Instant.parse("2026-03-02T04:00:01Z"));
    tick(nightly, nightly);
    assertThat(done).hasSize(1);
    ManualScheduler halfPast = scheduler(task(new Timetable.Cron("0 30 * * * *")));
    clock.set(Instant.parse("2026-03-02T04:30:01Z"));
    tick(halfPast);
    assertThat(done).hasSize(2);
  }

  private PeriodicTask task(Timetable due) {
    return new PeriodicTask("counting", due, () -> done.add("again"));
  }

  private static PeriodicTask task(Runnable work) {
    return new PeriodicTask("counting", HOUR, work);
  }

  private ManualScheduler scheduler(PeriodicTask task) {
    ManualScheduler scheduler =
        TestHelper.createManualScheduler(database.dataSource())
            .clock(clock)
            .tableName(Schedule.TABLE)
            .startTasks(Schedule.known(List.of(task)))
            .build();
    scheduler.start();
    return scheduler;
  }

  private static void tick(ManualScheduler... schedulers) {
    for (ManualScheduler scheduler : schedulers) {
      scheduler.runAnyDueExecutions();
    }
  }
}
