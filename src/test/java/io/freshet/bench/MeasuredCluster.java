package io.freshet.bench;

import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import io.freshet.platform.Home;
import io.freshet.platform.Patience;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cluster of real processes on this machine, one of each kind, that tells what each has used. */
final class MeasuredCluster implements AutoCloseable {
  static final String SECRET = "a secret of the benchmark, nobody else's";
  private static final Duration START = Duration.ofMinutes(2);
  private static final int CONNECTIONS = 16;
  private static final int SAMPLE = 100;

  private final Path root;
  private final Path directory;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Map<String, Long> pids = new LinkedHashMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Database database;
  private final RedisServer redis;
  private final RabbitServer rabbit;

  MeasuredCluster(Path root, Path directory) throws IOException {
    this.root = root;
    this.directory = directory;
    Path postgres = directory.resolve("postgres");
    DatabaseAddress address = add(EmbeddedPostgres.start(postgres, Map.of())).address();
    pids.put(
        "postgres",
        Long.parseLong(
            Files.readAllLines(postgres.resolve("data/postmaster.pid")).getFirst().strip()));
    this.database = add(Database.open(address, CONNECTIONS / 4));
    database.migrate();
    this.redis = add(RedisServer.start());
    pids.put("redis", Long.parseLong(redisSays("process_id")));
    this.rabbit = add(RabbitServer.start());
    pids.put(
        "rabbitmq", Long.parseLong(rabbit.ctl("eval", "list_to_integer(os:getpid()).").strip()));
    environment.put("FRESHET_DATABASE_URL", url(address));
    environment.put("FRESHET_DATABASE_POOL_SIZE", "" + CONNECTIONS);
    environment.put("FRESHET_REDIS_URL", redis.url());
    environment.put("FRESHET_RABBITMQ_URL", rabbit.url());
    environment.put("FRESHET_SECRET", SECRET);
    environment.put("FRESHET_LIMITS_ENABLED", "false");
    environment.put("PORT", "0");
  }

  /** A process with these roles. */
  RunFile freshet(String name, String roles) throws IOException {
    Path home = directory.resolve(name);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(root.resolve("freshet").toString(), "serve", "--roles=" + roles))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("FRESHET_HOME", home.toString());
    Process process = builder.start();
    add(() -> stop(process));
    Home its = new Home(home);
    if (!Patience.await(START, () -> RunFile.read(its).isPresent() || !process.isAlive())
        || !process.isAlive()) {
      throw new IllegalStateException(
          name + " does not start: " + Files.readString(directory.resolve(name + ".log")));
    }
    pids.put(name, process.pid());
    return RunFile.read(its).orElseThrow();
  }

  Database database() {
    return database;
  }

  /** Seconds on a core that each has had so far. */
  Map<String, Double> used() {
    Map<String, Double> used = new TreeMap<>();
    pids.forEach((name, pid) -> used.put(name, ProcessTime.of(pid)));
    return used;
  }

  /** Whether every event has been relayed and every task been done. */
  boolean isQuiet() {
    long events =
        database
            .jdbi()
            .withHandle(h -> h.createQuery("SELECT count(*) FROM outbox").mapTo(Long.class).one());
    return events == 0
        && rabbit
            .ctl("list_queues", "--no-table-headers", "messages")
            .lines()
            .filter(line -> !line.isBlank())
            .allMatch(line -> line.strip().equals("0"));
  }

  /** A number out of Redis' INFO. */
  String redisSays(String name) {
    return redis
        .cli("INFO", "everything")
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Entries of all stored feeds: of a sample of the lists, times how many there are. */
  double entriesStored() {
    List<String> lists = redis.cli("--scan", "--pattern", "*:f:*").lines().toList();
    return lists.stream()
            .limit(SAMPLE)
            .mapToLong(list -> Long.parseLong(redis.cli("LLEN", list).strip()))
            .average()
            .orElseThrow()
        * lists.size();
  }

  static JsonNode call(RunFile process, String operation, ObjectNode arguments) {
    return new ManagementClient(process).call(operation, arguments, Progress.SILENT);
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("did not stop: " + e);
      }
    }
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("not deleted: " + directory);
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(Duration.ofSeconds(30))) {
      process.destroyForcibly();
    }
  }

  private static String url(DatabaseAddress address) {
    return address.jdbcUrl()
        + (address.jdbcUrl().contains("?") ? "&" : "?")
        + "user="
        + address.user().orElseThrow()
        + "&password="
        + address.password().orElseThrow();
  }
}
