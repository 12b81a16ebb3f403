package io.freshet.testkit;

import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The embedded PostgreSQL as a server that can be killed and started again on the same port. */
public final class PrivatePostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final Map<String, String> settings;
  private EmbeddedPostgres server;

  private PrivatePostgres(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = settings;
    this.server = EmbeddedPostgres.start(directory, settings);
  }

  /**
   * @param settings of postgresql.conf
   */
  public static PrivatePostgres start(Path directory, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("port", Integer.toString(FreePorts.next()));
    return new PrivatePostgres(directory, Map.copyOf(all));
  }

  public int port() {
    return Integer.parseInt(settings.getOrDefault("port", "0"));
  }

  public DatabaseAddress address() {
    return server.address();
  }

  public Path directory() {
    return directory;
  }

  /** As with kill -9 of the server; its children notice by themselves, and are waited for. */
  public void kill() {
    try {
      String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst().strip();
      ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #kill}. */
  public void restart() {
    server = EmbeddedPostgres.start(directory, settings);
  }

  @Override
  public void close() {
    server.close();
  }
}
