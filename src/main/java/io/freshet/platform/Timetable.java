package io.freshet.platform;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When periodic work is due. */
public sealed interface Timetable {
  /** Longer pauses are written as a cron expression. */
  Duration LONGEST = Duration.ofDays(7);

  Pattern PAUSE = Pattern.compile("(\\d{1,6})([smh])");

  /** So long after it was last done. */
  record Every(Duration rest) implements Timetable {}

  /**
   * At certain times of the day, in UTC.
   *
   * @param expression seconds, minutes, hours, day of the month, month, day of the week
   */
  record Cron(String expression) implements Timetable {
    public CronSchedule schedule() {
      return new CronSchedule(expression, ZoneOffset.UTC);
    }
  }

  /** Reads {@code 5m}, or {@code 0 0 4 * * *}; nothing if it is neither. */
  static Optional<Timetable> parse(String text) {
    Matcher pause = PAUSE.matcher(text);
    return pause.matches() ? every(pause) : cron(text);
  }

  private static Optional<Timetable> every(Matcher pause) {
    long amount = Long.parseLong(pause.group(1));
    Duration rest =
        switch (pause.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    boolean isSound = rest.isPositive() && rest.compareTo(LONGEST) <= 0;
    return isSound ? Optional.of(new Every(rest)) : Optional.empty();
  }

  private static Optional<Timetable> cron(String text) {
    Cron cron = new Cron(text);
    try {
      return cron.schedule().isDisabled() ? Optional.empty() : Optional.of(cron);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
