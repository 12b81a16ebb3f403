package io.freshet.testkit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/**
 * A RabbitMQ of our own: the installed program (Debian package rabbitmq-server) on free ports of
 * the loopback, with data, log, cookie and port mapper of its own, so that it shares nothing with
 * an instance of the system. Takes about five seconds to start.
 */
public final class RabbitServer implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * RabbitMQ writes the name of a new quorum queue to its disk a second late; killed before that,
   * it does not find the queue's log again (seen with 3.10).
   */
  private static final Duration NAMES_WRITTEN = Duration.ofMillis(2_500);

  private final Path directory;
  private final int port;
  private final int nodePort;
  private final int mapperPort;
  private final Process mapper;
  private final Thread atExit = new Thread(this::stop);
  private volatile Process server;

  private RabbitServer(Path directory) throws IOException {
    this.directory = directory;
    this.port = FreePorts.next();
    this.nodePort = FreePorts.next();
    this.mapperPort = FreePorts.next();
    prepare();
    this.mapper =
        process("epmd", List.of("epmd", "-port", "" + mapperPort, "-address", "127.0.0.1"));
    this.server = startServer();
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A new, empty server that accepts connections. */
  public static RabbitServer start() {
    if (!Files.isExecutable(PROGRAMS.resolve("rabbitmq-server"))) {
      throw new IllegalStateException(
          "There is no RabbitMQ to test with: install the Debian package rabbitmq-server.");
    }
    try {
      RabbitServer started = new RabbitServer(Files.createTempDirectory("freshet-test-rabbit"));
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "amqp://guest:guest@127.0.0.1:" + port + "/%2F";
  }

  public int port() {
    return port;
  }

  /** As with kill -9, and waits until it has gone. What was confirmed is on its disk. */
  public void kill() {
    Awaitility.await().pollDelay(NAMES_WRITTEN).until(() -> true);
    server.destroyForcibly().onExit().join();
  }

  /** Starts it again after {@link #kill}, on the same port with the same data. */
  public void restart() {
    try {
      server = startServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Deletes all queues of Freshet, while nobody is connected. */
  public void clear() {
    try (Connection connection = factory().newConnection();
        Channel channel = connection.createChannel()) {
      for (String name : ctl("list_queues", "name", "--no-table-headers").split("\\s+")) {
        if (name.startsWith("freshet.")) {
          channel.queueDelete(name);
        }
      }
    } catch (IOException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code rabbitmqctl}, which takes a second or two, and returns what it printed. */
  public String ctl(String... arguments) {
    List<String> line = new ArrayList<>(List.of(PROGRAMS.resolve("rabbitmqctl").toString(), "-q"));
    line.addAll(List.of(arguments));
    try {
      Path out = directory.resolve("ctl.out");
      int code = builder(line).redirectOutput(out.toFile()).start().waitFor();
      String printed = Files.readString(out);
      if (code != 0) {
        throw new IllegalStateException(String.join(" ", line) + " ended with " + code + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }

  private void stop() {
    // Nobody reads the data again, so there is nothing to stop gently for.
    server.destroyForcibly();
    mapper.destroyForcibly();
    try {
      server.waitFor(10, TimeUnit.SECONDS);
      mapper.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Left to whoever cleans the temporary directory.
    }
  }

  private void prepare() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path cookie = Files.writeString(home.resolve(".erlang.cookie"), directory.getFileName() + "");
    Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
    Files.writeString(directory.resolve("plugins"), "[].\n");
    Files.writeString(directory.resolve("env.conf"), "");
    Files.writeString(
        directory.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        disk_free_limit.absolute = 1MB
        vm_memory_high_watermark.absolute = 8GB
        log.file.level = warning
        log.console = false
        collect_statistics = none
        """
            .formatted(port));
  }

  private Process startServer() throws IOException {
    return process("server", List.of(PROGRAMS.resolve("rabbitmq-server").toString()));
  }

  private Process process(String name, List<String> line) throws IOException {
    ProcessBuilder.Redirect out =
        ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".out").toFile());
    return builder(line).redirectOutput(out).start();
  }

  private ProcessBuilder builder(List<String> line) {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_") || name.startsWith("ERL_"));
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("ERL_EPMD_PORT", "" + mapperPort);
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODENAME", "freshet@localhost");
    environment.put("RABBITMQ_DIST_PORT", "" + nodePort);
    environment.put("RABBITMQ_CONF_ENV_FILE", directory.resolve("env.conf").toString());
    environment.put("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString());
    environment.put("RABBITMQ_ADVANCED_CONFIG_FILE", directory.resolve("none.config").toString());
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
    environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", directory.resolve("log").toString());
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        "+S 2:2 +A 8 +sbwt none +sbwtdcpu none +sbwtdio none");
    // Has the start script become the server, so that its process id is the server's.
    environment.put("RUNNING_UNDER_SYSTEMD", "true");
    return builder;
  }

  /** It listens before it can serve: only a connection tells. */
  private void awaitReady() {
    try {
      Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::accepts);
    } catch (RuntimeException e) {
      throw new IllegalStateException("RabbitMQ does not start; it says: " + said(), e);
    }
  }

  private boolean accepts() {
    if (!server.isAlive()) {
      throw new IllegalStateException("the process has ended");
    }
    try (Connection connection = factory().newConnection()) {
      return connection.isOpen();
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }

  private ConnectionFactory factory() {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setAutomaticRecoveryEnabled(false);
    return factory;
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("server.out"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
