package io.freshet.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.freshet.platform.Timetable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/**
 * Has periodic tasks done in this process, in turn with the other schedulers of the cluster: the
 * table scheduled_task says which is due and who works it. A task whose scheduler died is taken
 * over within {@link #HEARTBEAT} times {@link #MISSED}.
 */
final class Schedule implements AutoCloseable {
  static final String TABLE = "scheduled_task";

  /** How late a task may begin. */
  private static final Duration POLLING = Duration.ofSeconds(2);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MISSED = 4;

  /** What a task at work gets to finish when the process stops. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Scheduler scheduler;

  private Schedule(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  static Schedule start(DataSource database, InstantSource clock, List<PeriodicTask> tasks) {
    Scheduler scheduler =
        Scheduler.create(database)
            .tableName(TABLE)
            .startTasks(known(tasks))
            // One that lasts shall not keep the others waiting.
            .threads(tasks.size())
            .clock(clock::instant)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            .shutdownMaxWait(GRACE)
            .failureLogging(LogLevel.WARN, false)
            .build();
    scheduler.start();
    return new Schedule(scheduler);
  }

  /** The tasks as the library knows them. */
  static List<RecurringTask<Void>> known(List<PeriodicTask> tasks) {
    return tasks.stream()
        .map(task ->
            Tasks.recurring(task.name(), schedule(task.due()))
                .execute((instance, context) -> task.work().run()))
        .toList();
  }

  /**
   * As the library has it. When it starts, it compares the time that the table holds with this, so
   * a changed timetable is followed: at once, or after the time that was due already if it is
   * later.
   */
  private static com.github.kagkarlsson.scheduler.task.schedule.Schedule schedule(Timetable due) {
    return switch (due) {
      case Timetable.Every every -> FixedDelay.of(every.rest());
      case Timetable.Cron cron -> cron.schedule();
    };
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
