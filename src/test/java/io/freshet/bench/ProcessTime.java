package io.freshet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** Time on a core that a process and all below it have had, as Linux counts it. */
final class ProcessTime {
  /** Of /proc, on every Linux that Java runs on. */
  private static final double TICKS_A_SECOND = 100;

  private ProcessTime() {}

  /** Seconds since it started, with children that have ended. */
  static double of(long pid) {
    return LongStream.concat(
                LongStream.of(pid),
                ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .mapToLong(ProcessHandle::pid))
            .map(ProcessTime::ticks)
            .sum()
        / TICKS_A_SECOND;
  }

  private static long ticks(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String line = Files.readString(stat);
      // After the name, which may hold spaces: state is field 3, user time field 14.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 14; field <= 17; field++) {
        ticks += Long.parseLong(fields[field - 3]);
      }
      return ticks;
    } catch (IOException e) {
      if (Files.exists(stat)) {
        throw new UncheckedIOException(e);
      }
      return 0;
    }
  }
}
