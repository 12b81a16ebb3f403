package io.freshet.bench;

import io.freshet.platform.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a benchmark has measured, for people as a table and for programs as one JSON object. */
record Report(
    String bench,
    String date,
    String cpu,
    int cores,
    String jdk,
    List<String> conditions,
    List<Figure> figures) {

  /**
   * A measured figure.
   *
   * @param peer what it is held against, measured in the same run
   * @param ratio the figure divided by the peer's
   * @param target what docs ask for, or nothing
   */
  record Figure(
      String name,
      double value,
      String unit,
      Optional<String> peer,
      Optional<Double> peerValue,
      Optional<Double> ratio,
      String target) {}

  static Report of(String bench) {
    return new Report(
        bench,
        InstantSource.system().instant().toString(),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  Report condition(String text) {
    conditions.add(text);
    return this;
  }

  Report figure(String name, double value, String unit, String target) {
    return add(name, value, unit, Optional.empty(), Optional.empty(), target);
  }

  Report against(
      String name, double value, String unit, String peer, double peerValue, String target) {
    return add(name, value, unit, Optional.of(peer), Optional.of(peerValue), target);
  }

  private Report add(
      String name,
      double value,
      String unit,
      Optional<String> peer,
      Optional<Double> peerValue,
      String target) {
    Optional<Double> ratio = peerValue.map(of -> rounded(value / of));
    figures.add(
        new Figure(
            name, rounded(value), unit, peer, peerValue.map(Report::rounded), ratio, target));
    return this;
  }

  void print(PrintStream out, boolean json) {
    if (json) {
      out.println(new String(Json.bytes(this), StandardCharsets.UTF_8));
      return;
    }
    out.printf(Locale.ROOT, "%s, %s%n%s, %d cores, %s%n", bench, date, cpu, cores, jdk);
    conditions.forEach(condition -> out.println("  " + condition));
    out.println();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"what", "measured", "limit or peer", "of it", "ratio", "target"});
    figures.forEach(figure -> rows.add(row(figure)));
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String[] row(Figure figure) {
    return new String[] {
      figure.name(),
      number(figure.value()) + " " + figure.unit(),
      figure.peer().orElse(""),
      figure.peerValue().map(value -> number(value) + " " + figure.unit()).orElse(""),
      figure.ratio().map(Report::number).orElse(""),
      figure.target()
    };
  }

  private static String number(double value) {
    return Math.abs(value) >= 1_000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static String cpuModel() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.exists(info)
          ? Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(System.getProperty("os.arch"))
          : System.getProperty("os.arch");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
