package io.freshet.app;

import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.Home;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import io.freshet.platform.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How other commands reach the process that uses a home: written when it has started, deleted when
 * it stops; only its owner may read it. One left by a killed process is told by the lock, which is
 * free then.
 *
 * @param httpPort 0 if it does not serve
 * @param secret what the management interface wants as its bearer token
 */
public record RunFile(
    long pid, int httpPort, int managementPort, String secret, DatabaseAddress database) {

  static void write(Home home, RunFile content) {
    try {
      OwnerOnly.write(home.runFile(), new String(Json.bytes(content), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot write " + home.runFile() + ": " + e.getMessage() + ".", e);
    }
  }

  /** Empty if no process has got that far. */
  public static Optional<RunFile> read(Home home) {
    try {
      return Files.exists(home.runFile())
          ? Optional.of(Json.read(Files.readAllBytes(home.runFile()), RunFile.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new OperatorException("Cannot read " + home.runFile() + ": " + e.getMessage() + ".", e);
    }
  }

  static void delete(Home home) {
    try {
      Files.deleteIfExists(home.runFile());
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot delete " + home.runFile() + ": " + e.getMessage() + ".", e);
    }
  }
}
