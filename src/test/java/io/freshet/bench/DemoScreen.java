package io.freshet.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What somebody sees who watches the demo: steps with their times, what happens, and a last line
 * that moves. Without a terminal there are no colours and no moving line, but one now and then.
 * Thread-safe.
 */
final class DemoScreen {
  private static final long PLAIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int BAR = 24;

  /** Colours of a terminal. */
  enum Ink {
    GREEN("32"),
    RED("31"),
    YELLOW("33"),
    FAINT("2"),
    BOLD("1");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean terminal;
  private final boolean coloured;
  private final long began = System.nanoTime();
  private long lastPlain = began;

  DemoScreen(PrintStream out) {
    this.out = out;
    this.terminal =
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    this.coloured = terminal && System.getenv("NO_COLOR") == null;
  }

  String ink(Ink ink, String text) {
    return coloured ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
  }

  synchronized void title(String text) {
    erase();
    out.println();
    out.println(ink(Ink.BOLD, text));
  }

  /** Something has begun that takes a while. */
  synchronized void begins(String what) {
    moving(ink(Ink.FAINT, what + "…"));
  }

  synchronized void done(String what) {
    line(ink(Ink.GREEN, "✓"), what);
  }

  synchronized void broken(String what) {
    line(ink(Ink.RED, "✗"), what);
  }

  synchronized void note(String what) {
    line(" ", what);
  }

  private void line(String mark, String what) {
    erase();
    out.printf(
        Locale.ROOT, "%s %s %s%n", ink(Ink.FAINT, "%6.1f s".formatted(seconds())), mark, what);
    out.flush();
  }

  /** Replaces the last line; without a terminal it is printed every few seconds. */
  synchronized void moving(String text) {
    if (terminal) {
      out.print("\r\u001b[2K         " + text);
      out.flush();
    } else if (System.nanoTime() - lastPlain > PLAIN_EVERY_NANOS) {
      lastPlain = System.nanoTime();
      line(" ", text);
    }
  }

  /** How far something has come. */
  void progress(String what, long done, long total) {
    int full = total == 0 ? BAR : (int) (done * BAR / total);
    moving(
        "%s %s%s %,d of %,d"
            .formatted(
                what,
                ink(Ink.GREEN, "█".repeat(full)),
                ink(Ink.FAINT, "░".repeat(BAR - full)),
                done,
                total));
  }

  private void erase() {
    if (terminal) {
      out.print("\r\u001b[2K");
    }
  }

  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
