package io.freshet.app.capacity;

import io.freshet.app.capacity.CapacityPlan.Parts;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a demand takes, linear in its units of work: each post, each entry inserted and each page
 * read costs every server so many microseconds of a core, each feed, account, follow and post so
 * many bytes. docs/scaling.md derives the formulas and holds them against a measured run. Pure.
 */
public final class CapacityModel {
  private static final double MICROS = 1e-6;

  /** A part that must outlive the death of one machine. */
  private static final long AT_LEAST_TWO = 2;

  /** Quorum queues need a majority. */
  private static final long QUORUM = 3;

  private final UnitCosts costs;
  private final Machines machines;

  public CapacityModel(UnitCosts costs, Machines machines) {
    this.costs = costs;
    this.machines = machines;
  }

  public CapacityPlan plan(Demand demand) {
    Map<Resource, Double> needs = needs(demand);
    Map<Input, Map<Resource, Double>> growth = new EnumMap<>(Input.class);
    for (Input input : Input.values()) {
      growth.put(input, ratios(needs(input.doubled(demand)), needs));
    }
    return new CapacityPlan(demand, machines, Load.of(demand), needs, parts(needs), growth);
  }

  private Map<Resource, Double> needs(Demand demand) {
    Load load = Load.of(demand);
    Map<Resource, Double> needs = new EnumMap<>(Resource.class);
    needs.put(Resource.WEB_CORES, cores("web", load));
    needs.put(Resource.WORKER_CORES, cores("worker", load));
    needs.put(Resource.REDIS_CORES, cores("redis", load));
    needs.put(Resource.REDIS_BYTES, feedBytes(demand));
    needs.put(Resource.MESSAGES, load.postsAtPeak() * messages(demand.followersMean()));
    needs.put(Resource.RABBITMQ_CORES, cores("rabbitmq", load));
    needs.put(Resource.POSTGRES_CORES, cores("postgres", load));
    needs.put(
        Resource.WAL_BYTES,
        load.postsAtPeak() * (costs.of("postgres.walOfPost") + demand.textBytes()));
    needs.put(Resource.DATABASE_BYTES, databaseBytes(demand, load));
    needs.put(Resource.LARGEST_POST, largestPost(demand));
    return needs;
  }

  /** Cores of a server that the busiest minutes keep busy. */
  private double cores(String server, Load load) {
    return MICROS
        * (load.postsAtPeak() * costs.of(server + ".post")
            + load.entriesAtPeak() * costs.of(server + ".entry")
            + load.pagesAtPeak() * costs.of(server + ".page"));
  }

  private double feedBytes(Demand demand) {
    return demand.keptFeeds() * demand.window() * costs.of("redis.entryBytes");
  }

  /** The event of a post, and a task for each batch of its author's followers. */
  private double messages(double followers) {
    return 1 + Math.max(1, followers / machines.batch());
  }

  private double databaseBytes(Demand demand, Load load) {
    double posts = load.posts() * 86_400 * demand.days();
    return demand.accounts() * costs.of("postgres.accountBytes")
        + demand.accounts() * demand.followersMean() * costs.of("postgres.followBytes")
        + posts * (costs.of("postgres.postBytes") + demand.textBytes());
  }

  /**
   * Seconds of work in the largest fan-out, as if all its feeds were on one Redis; whoever has more
   * followers than the threshold is not fanned out.
   */
  private double largestPost(Demand demand) {
    double entries = Math.min(demand.followersMax(), machines.threshold()) * demand.keptShare();
    return entries * (costs.of("worker.entry") + costs.of("redis.entry")) * MICROS;
  }

  private Parts parts(Map<Resource, Double> needs) {
    double perNode = machines.cores() * machines.use();
    long web = whole(needs, Resource.WEB_CORES, perNode, AT_LEAST_TWO);
    long workers = whole(needs, Resource.WORKER_CORES, perNode, AT_LEAST_TWO);
    // A Redis works on one core, whatever the machine has.
    long byCores = whole(needs, Resource.REDIS_CORES, machines.use(), 1);
    long byMemory = whole(needs, Resource.REDIS_BYTES, machines.redisGigabytes() * 1e9, 1);
    return new Parts(
        web,
        workers,
        byCores,
        byMemory,
        Math.max(byCores, byMemory),
        Math.max(QUORUM, whole(needs, Resource.RABBITMQ_CORES, perNode, QUORUM)),
        whole(needs, Resource.POSTGRES_CORES, machines.use(), AT_LEAST_TWO),
        (web + workers + 1) * machines.poolSize());
  }

  private static long whole(
      Map<Resource, Double> needs, Resource resource, double one, long least) {
    return Math.max(least, (long) Math.ceil(needs.getOrDefault(resource, 0.0) / one));
  }

  private static Map<Resource, Double> ratios(
      Map<Resource, Double> grown, Map<Resource, Double> before) {
    Map<Resource, Double> ratios = new EnumMap<>(Resource.class);
    before.forEach((resource, need) ->
        ratios.put(resource, need == 0 ? 1 : grown.getOrDefault(resource, 0.0) / need));
    return ratios;
  }
}
