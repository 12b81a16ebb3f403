package io.freshet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files, sockets among them, a process may have open. */
final class OpenFiles {
  private static final String NAME = "Max open files";

  private OpenFiles() {}

  /** The hard limit, which Java takes as its own. */
  static int allowed() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(each -> each.startsWith(NAME))
            .findFirst()
            .orElseThrow();
    String hard = line.substring(NAME.length()).strip().split("\\s+")[1];
    return hard.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(hard);
  }
}
