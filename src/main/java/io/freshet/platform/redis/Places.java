package io.freshet.platform.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which server holds which shard, and the links to them: one server for all, the master that the
 * sentinels name, or the masters of a Redis Cluster, found anew each time it is asked. Used by one
 * thread at a time, but for {@link #close}.
 */
final class Places implements AutoCloseable {
  private final RedisClient client;
  private final RedisURI configured;
  private final Awaiting awaiting;
  private final Runnable onLoss;
  private final Map<String, Link> links = new HashMap<>();

  /** Nodes of the cluster that were seen last, to ask when the configured one is away. */
  private List<RedisURI> nodes = List.of();

  private int failures;

  /**
   * @param onLoss called when a link has ended
   */
  Places(RedisClient client, RedisURI configured, Awaiting awaiting, Runnable onLoss) {
    this.client = client;
    this.configured = configured;
    this.awaiting = awaiting;
    this.onLoss = onLoss;
  }

  /** The server of each of these shards. */
  Map<Integer, RedisURI> find(List<Integer> shards) {
    try {
      Map<Integer, RedisURI> found = new TreeMap<>();
      Link first = nodes.isEmpty() ? linkTo(configured) : ask();
      if (!first.clustered()) {
        shards.forEach(shard -> found.put(shard, configured));
        return found;
      }
      List<@Nullable Object> slots = awaiting.await(first.slots());
      nodes = slots.stream().flatMap(range -> nodesOf(range, first.uri())).distinct().toList();
      shards.forEach(shard -> found.put(shard, masterOf(shard, slots, first.uri())));
      return found;
    } catch (RuntimeException e) {
      failures++;
      throw e;
    }
  }

  /** A link to any node of the cluster, another one after each failure. */
  private Link ask() {
    List<RedisURI> all = new ArrayList<>(nodes);
    all.add(configured);
    return linkTo(all.get(Math.floorMod(failures, all.size())));
  }

  /** The open link to this server, or a new one. */
  Link linkTo(RedisURI uri) {
    String address = Link.addressOf(uri);
    Link link = links.get(address);
    if (link != null && link.isOpen()) {
      return link;
    }
    Link fresh = Link.open(client, uri, onLoss);
    if (link != null) {
      supersede(link, fresh);
    }
    links.put(address, fresh);
    return fresh;
  }

  private static void supersede(Link former, Link fresh) {
    try {
      fresh.supersede(former);
    } catch (RuntimeException e) {
      // Nobody has it yet, so nobody else would close it.
      fresh.close();
      throw e;
    }
  }

  /** To be called once a timeout. */
  void closeSilentLinks() {
    links.values().forEach(Link::closeIfSilent);
  }

  private RedisURI masterOf(int shard, List<@Nullable Object> slots, RedisURI asked) {
    int slot = SlotHash.getSlot(Home.key(shard));
    return slots.stream()
        .filter(range -> {
          List<@Nullable Object> row = Reply.list(range);
          return Reply.number(row.get(0)) <= slot && slot <= Reply.number(row.get(1));
        })
        .flatMap(range -> nodesOf(range, asked))
        .findFirst()
        .orElseThrow(
            () -> new RedisAwayException("the Redis Cluster has no master for slot " + slot));
  }

  /** The master of a range of slots and then its replicas. */
  private Stream<RedisURI> nodesOf(@Nullable Object range, RedisURI asked) {
    List<@Nullable Object> row = Reply.list(range);
    return row.subList(2, row.size()).stream()
        .map(node -> {
          List<@Nullable Object> parts = Reply.list(node);
          String host = Reply.text(parts.get(0));
          // A node that knows no address of its own answers none.
          return at(host.isEmpty() ? asked.getHost() : host, (int) Reply.number(parts.get(1)));
        });
  }

  private RedisURI at(String host, int port) {
    RedisURI uri = new RedisURI(host, port, configured.getTimeout());
    uri.applyAuthentication(configured);
    uri.applySsl(configured);
    return uri;
  }

  @Override
  public void close() {
    client.shutdown();
    var _ = client.getResources().shutdown(); // was made for this client
  }
}
