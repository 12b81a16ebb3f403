package io.freshet.chaos;

import io.freshet.testkit.Cluster;
import io.freshet.testkit.Cluster.Part;
import io.freshet.testkit.FaultProxy;
import io.freshet.testkit.FreshetNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that befalls the cluster for a while.
 *
 * @param name in reports and for {@code -Dfreshet.chaos.faults}
 * @param begin what happens
 * @param lasts for at least so long
 * @param end what makes good again all that does not do so by itself
 */
record Fault(String name, Consumer<Cluster> begin, Duration lasts, Consumer<Cluster> end) {
  private static final Duration SHORT = Duration.ofMillis(1_500);

  /** Longer than nodes trust each other without a word, three seconds. */
  private static final Duration LONG = Duration.ofSeconds(5);

  static Fault killNode(String node) {
    return new Fault(
        "kill " + node,
        cluster -> cluster.node(node).kill(),
        SHORT,
        cluster -> startAgain(cluster, node));
  }

  private static void startAgain(Cluster cluster, String node) {
    cluster.node(node).start();
    cluster.node(node).awaitReady();
  }

  static Fault killPostgres() {
    return new Fault(
        "kill postgres",
        cluster -> cluster.servers().postgres().kill(),
        SHORT,
        cluster -> cluster.servers().postgres().restart());
  }

  static Fault killReplica() {
    return new Fault(
        "kill replica",
        cluster -> cluster.servers().replica().kill(),
        SHORT,
        cluster -> cluster.servers().replica().restart());
  }

  /** It comes back with whatever was on its disk. */
  static Fault killRedis() {
    return new Fault(
        "kill redis",
        cluster -> cluster.servers().redis().kill(),
        SHORT,
        cluster -> cluster.servers().restartRedis());
  }

  static Fault killRabbit() {
    return new Fault(
        "kill rabbitmq",
        cluster -> cluster.servers().rabbit().kill(),
        SHORT,
        cluster -> cluster.servers().rabbit().restart());
  }

  static Fault flushRedis() {
    return new Fault(
        "flush redis", cluster -> cluster.servers().redis().cli("flushall"), SHORT, cluster -> {});
  }

  /**
   * The replica is promoted while the master goes on: what is written from then on is lost. The
   * nodes come over one half at a time, so that for a while they speak to two masters.
   *
   * @param dies a node of the second half that is killed instead of coming over, and started again
   */
  static Fault failOverRedis(Optional<String> dies) {
    return new Fault(
        "fail over redis" + dies.map(node -> " and kill " + node).orElse(""),
        cluster -> {
          cluster.servers().failOverRedis();
          cluster.nodes().stream()
              .filter(node -> node.name().endsWith("-1"))
              .forEach(node -> leadToMaster(cluster, node));
        },
        LONG,
        cluster -> {
          dies.ifPresent(node -> cluster.node(node).kill());
          cluster.nodes().forEach(node -> leadToMaster(cluster, node));
          cluster.servers().followRedis();
          dies.ifPresent(node -> startAgain(cluster, node));
        });
  }

  private static void leadToMaster(Cluster cluster, FreshetNode node) {
    cluster.link(node.name(), Part.REDIS).pointTo(cluster.servers().redis().port());
  }

  static Fault refuse(String node, Part part) {
    return link("refuse", node, part, FaultProxy::refuse);
  }

  static Fault stall(String node, Part part) {
    return link("stall", node, part, FaultProxy::stall);
  }

  static Fault slow(String node, Part part, Duration delay) {
    return link("slow " + delay.toMillis() + " ms", node, part, link -> link.delay(delay));
  }

  static Fault cut(String node, Part part) {
    return link("cut", node, part, FaultProxy::cut);
  }

  private static Fault link(String how, String node, Part part, Consumer<FaultProxy> begin) {
    return new Fault(
        how + " " + node + " to " + part,
        cluster -> begin.accept(cluster.link(node, part)),
        LONG,
        cluster -> cluster.link(node, part).pass());
  }

  /** Events of the past happen once more. */
  static Fault duplicates(int count) {
    return new Fault(
        "publish " + count + " events again",
        cluster -> new Replay(cluster).run(count),
        SHORT,
        cluster -> {});
  }
}
