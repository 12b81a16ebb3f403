package io.freshet.testkit;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A whole Freshet on this machine: private servers and processes of several roles, with a link of
 * its own, which can be made bad, between each process and each server. All of it ends with {@link
 * #close} or with this Java machine, unless that is killed. Not thread-safe.
 */
public final class Cluster implements AutoCloseable {
  private static final String SECRET = "the secret of a private cluster, told to nobody";

  /** What a process depends on. */
  public enum Part {
    POSTGRES,
    REPLICA,
    REDIS,
    RABBITMQ
  }

  /**
   * What to start.
   *
   * @param nodes roles by name of the process
   * @param settings environment of all processes
   */
  public record Shape(Map<String, String> nodes, Map<String, String> settings) {
    /** Two web nodes, two workers, one of which is the scheduler too while it lives. */
    public static Shape of(Map<String, String> settings) {
      Map<String, String> nodes = new LinkedHashMap<>();
      nodes.put("web-1", "web");
      nodes.put("web-2", "web");
      nodes.put("worker-1", "worker,scheduler");
      nodes.put("worker-2", "worker,scheduler");
      return new Shape(nodes, settings);
    }
  }

  private final Path directory;
  private final ClusterServers servers;
  private final Map<String, FreshetNode> nodes = new LinkedHashMap<>();
  private final Map<String, Map<Part, FaultProxy>> links = new LinkedHashMap<>();
  private final Thread atExit = new Thread(this::stopNodes, "stop-cluster");

  private Cluster(Path directory, Shape shape, Consumer<String> tell) {
    this.directory = directory;
    tell.accept("PostgreSQL with a replica, Redis with a replica, RabbitMQ");
    this.servers = ClusterServers.start(directory);
    Runtime.getRuntime().addShutdownHook(atExit);
    try (Database database = Database.open(servers.postgres().address(), 2)) {
      database.migrate();
    }
    shape.nodes().forEach((name, roles) -> add(name, roles, shape.settings()));
  }

  /**
   * Starts the servers; the processes are there but not started.
   *
   * @param tell is told of each step
   */
  public static Cluster prepare(Path directory, Shape shape, Consumer<String> tell) {
    try {
      return new Cluster(
          Files.createDirectories(directory.toAbsolutePath().normalize()), shape, tell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts all processes at once and returns when all are ready. */
  public void startNodes() {
    nodes.values().forEach(FreshetNode::start);
    nodes.values().forEach(FreshetNode::awaitReady);
  }

  private void add(String name, String roles, Map<String, String> settings) {
    Map<Part, FaultProxy> own = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      own.put(part, FaultProxy.to(portOf(part)));
    }
    Map<String, String> environment = new LinkedHashMap<>(settings);
    environment.put("FRESHET_ROLES", roles);
    environment.put("FRESHET_SECRET", SECRET);
    environment.put("DATABASE_URL", jdbc(servers.postgres().address(), own, Part.POSTGRES));
    environment.put("DATABASE_REPLICA_URL", jdbc(servers.replica().address(), own, Part.REPLICA));
    environment.put("REDIS_URL", "redis://127.0.0.1:" + port(own, Part.REDIS));
    environment.put(
        "FRESHET_RABBITMQ_URL",
        servers
            .rabbit()
            .url()
            .replace(":" + portOf(Part.RABBITMQ), ":" + port(own, Part.RABBITMQ)));
    links.put(name, own);
    nodes.put(name, new FreshetNode(name, directory, environment));
  }

  private int portOf(Part part) {
    return switch (part) {
      case POSTGRES -> servers.postgres().port();
      case REPLICA -> servers.replica().port();
      case REDIS -> servers.redis().port();
      case RABBITMQ -> servers.rabbit().port();
    };
  }

  private static int port(Map<Part, FaultProxy> links, Part part) {
    return Objects.requireNonNull(links.get(part)).port();
  }

  private static String jdbc(DatabaseAddress server, Map<Part, FaultProxy> links, Part part) {
    return server.jdbcUrl().replaceFirst(":\\d+/", ":" + port(links, part) + "/")
        + "?user="
        + server.user().orElseThrow()
        + "&password="
        + server.password().orElseThrow();
  }

  public ClusterServers servers() {
    return servers;
  }

  public List<FreshetNode> nodes() {
    return List.copyOf(nodes.values());
  }

  public List<FreshetNode> nodes(String prefix) {
    return nodes.values().stream().filter(node -> node.name().startsWith(prefix)).toList();
  }

  public FreshetNode node(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  public FaultProxy link(String node, Part part) {
    return Objects.requireNonNull(Objects.requireNonNull(links.get(node), node).get(part));
  }

  /** All links are good again. */
  public void heal() {
    links.values().forEach(own -> own.values().forEach(FaultProxy::pass));
  }

  /** What signs the tokens. */
  public String secret() {
    return SECRET;
  }

  /** The database past all links; to be closed by the caller. */
  public Database database() {
    return Database.open(servers.postgres().address(), 2);
  }

  /** The end of each process's log. */
  public String tails(int lines) {
    StringBuilder text = new StringBuilder();
    for (FreshetNode node : nodes.values()) {
      text.append("--- ").append(node.name()).append('\n').append(node.tail(lines)).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stopNodes();
    links.values().forEach(own -> own.values().forEach(FaultProxy::close));
    servers.close();
  }

  private void stopNodes() {
    List<Thread> stopping = new ArrayList<>();
    for (FreshetNode node : nodes.values()) {
      stopping.add(Thread.ofVirtual().start(node::kill));
    }
    for (Thread thread : stopping) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
