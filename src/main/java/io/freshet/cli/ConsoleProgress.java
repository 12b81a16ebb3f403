package io.freshet.cli;

import io.freshet.app.Progress;
import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress on standard error: a bar on a terminal, else a plain line for each quarter of a step.
 */
final class ConsoleProgress implements Progress, AutoCloseable {
  private static final int REFRESH_MILLIS = 100;
  private static final int LINES_A_STEP = 4;

  private final boolean terminal;
  private final PrintWriter err;
  private Optional<ProgressBar> bar = Optional.empty();
  private String step = "";
  private long quarter;

  private ConsoleProgress(boolean terminal, PrintWriter err) {
    this.terminal = terminal;
    this.err = err;
  }

  static ConsoleProgress on(PrintWriter err) {
    return new ConsoleProgress(
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent(), err);
  }

  @Override
  public synchronized void at(String what, long done, long total) {
    if (!what.equals(step)) {
      close();
      step = what;
      quarter = 0;
      bar = terminal ? Optional.of(newBar(what, total)) : Optional.empty();
    }
    bar.ifPresent(shown -> shown.maxHint(total).stepTo(done));
    long reached = total == 0 ? 0 : done * LINES_A_STEP / total;
    if (!terminal && reached > quarter) {
      quarter = reached;
      err.printf("%s: %,d of %,d%n", what, done, total);
    }
  }

  @Override
  public synchronized void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  private static ProgressBar newBar(String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .build();
  }
}
