package io.freshet.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may be done: at most so many at once, and over time so many in each period.
 */
public record Rate(int most, Duration per) {
  /** Longer periods would be quotas, which must outlive a restart; this does not. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/(\\d{1,5})([smh])");

  /** Reads {@code 300/5m}; nothing if it is not of that form, or out of bounds. */
  public static Optional<Rate> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(parts.group(2));
    Duration per =
        switch (parts.group(3)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    int most = Integer.parseInt(parts.group(1));
    boolean isSound = most > 0 && per.isPositive() && per.compareTo(LONGEST) <= 0;
    return isSound ? Optional.of(new Rate(most, per)) : Optional.empty();
  }
}
