package io.freshet.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A private Redis Cluster of three masters without replicas. */
public final class RedisCluster implements AutoCloseable {
  private static final int MASTERS = 3;

  private final List<RedisServer> nodes;

  private RedisCluster(List<RedisServer> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  public static RedisCluster start() {
    List<RedisServer> nodes = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of("--cluster", "create"));
    for (int i = 0; i < MASTERS; i++) {
      // By itself a node takes the port 10,000 above its own, which somebody else may have.
      String bus = Integer.toString(FreePorts.next());
      RedisServer node =
          RedisServer.start(
              "--cluster-enabled", "yes", "--cluster-port", bus, "--cluster-node-timeout", "2000");
      nodes.add(node);
      command.add("127.0.0.1:" + node.port() + "@" + bus);
    }
    command.add("--cluster-yes");
    nodes.getFirst().cli(command.toArray(String[]::new));
    RedisCluster cluster = new RedisCluster(nodes);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            nodes.stream()
                .allMatch(node -> node.cli("CLUSTER", "INFO").contains("cluster_state:ok")));
    return cluster;
  }

  /** The address of its first node. */
  public String url() {
    return nodes.getFirst().url();
  }

  public List<RedisServer> nodes() {
    return nodes;
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
