package io.freshet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk and reads what it prints. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern TROUBLE =
      Pattern.compile("(Non-2xx or 3xx responses: .*|Socket errors: .*)");

  /** What one run measured. */
  record Outcome(double requestsASecond, double p50Millis, double p99Millis) {}

  private final Path script;
  private final Path tokens;
  private final int seconds;

  Wrk(Path script, Path tokens, int seconds) {
    this.script = script;
    this.tokens = tokens;
    this.seconds = seconds;
  }

  Outcome run(String url, int connections) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "wrk",
            "-t" + Math.min(2, connections),
            "-c" + connections,
            "-d" + seconds + "s",
            "--latency",
            "-s",
            script.toString(),
            url);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TOKENS", tokens.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("wrk failed: " + said);
    }
    return read(said);
  }

  static Outcome read(String said) {
    Matcher trouble = TROUBLE.matcher(said);
    if (trouble.find()) {
      throw new IllegalStateException("not every request was answered well: " + trouble.group());
    }
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IllegalStateException("wrk said no rate: " + said);
    }
    return new Outcome(
        Double.parseDouble(rate.group(1)), percentile(said, 50), percentile(said, 99));
  }

  private static double percentile(String said, int percent) {
    Matcher line = Pattern.compile("\\s" + percent + "%\\s+([0-9.]+)(us|ms|s)\\b").matcher(said);
    if (!line.find()) {
      throw new IllegalStateException("wrk said no percentile: " + said);
    }
    double value = Double.parseDouble(line.group(1));
    return switch (line.group(2)) {
      case "us" -> value / 1e3;
      case "ms" -> value;
      default -> value * 1e3;
    };
  }
}
