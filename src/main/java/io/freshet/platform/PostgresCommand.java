package io.freshet.platform;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the programs that come with PostgreSQL, as the right user and in English. */
record PostgresCommand(Path server, PostgresUser user) {

  /** What a finished program left. */
  record Outcome(int exitCode, String output) {}

  Outcome run(String program, String... arguments) throws IOException {
    Stream<String> line =
        Stream.concat(
            Stream.of(server.resolve("bin").resolve(program).toString()), Stream.of(arguments));
    return run(Stream.concat(user.prefix().stream(), line).toList());
  }

  static Outcome run(List<String> line) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + line.getFirst() + " ran", e);
    }
  }
}
