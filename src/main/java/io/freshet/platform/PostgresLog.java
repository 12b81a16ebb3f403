package io.freshet.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads PostgreSQL's own words for why it did not start. */
final class PostgresLog {
  private static final int READ_BYTES = 200_000;
  private static final Pattern PROBLEM = Pattern.compile("^.*?(?:FATAL|PANIC|ERROR|error):\\s+");

  private PostgresLog() {}

  /** What was written to the log from that byte on. */
  static String since(Path log, long start) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(start, channel.size() - READ_BYTES));
      byte[] bytes = new byte[(int) (channel.size() - channel.position())];
      int read = channel.read(java.nio.ByteBuffer.wrap(bytes));
      return new String(bytes, 0, Math.max(read, 0), StandardCharsets.UTF_8);
    }
  }

  /** The line that names the cause: a full disk before all, then the last fatal one. */
  static String reason(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    Stream<String> full = lines.stream().filter(line -> line.contains("No space left on device"));
    List<String> fatal = lines.stream().filter(line -> PROBLEM.matcher(line).find()).toList();
    return full.findFirst()
        .map(String::strip)
        .orElseGet(() ->
            fatal.isEmpty()
                ? lines.isEmpty() ? "no reason given" : lines.getLast()
                : said(fatal.getLast()));
  }

  private static String said(String line) {
    return PROBLEM.matcher(line).replaceFirst("").strip();
  }
}
