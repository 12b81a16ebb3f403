package io.freshet.cli;

import io.freshet.app.capacity.CapacityPlan;
import io.freshet.app.capacity.CapacityPlan.Parts;
import io.freshet.app.capacity.Demand;
import io.freshet.app.capacity.Input;
import io.freshet.app.capacity.Load;
import io.freshet.app.capacity.Machines;
import io.freshet.app.capacity.Resource;
import io.freshet.app.capacity.UnitCosts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A capacity plan in words and tables, for the person who has to order the machines. */
final class CapacityText {
  private static final double GIGA = 1e9;
  private static final List<Resource> GROWING =
      List.of(
          Resource.WEB_CORES,
          Resource.WORKER_CORES,
          Resource.REDIS_CORES,
          Resource.REDIS_BYTES,
          Resource.MESSAGES,
          Resource.POSTGRES_CORES,
          Resource.WAL_BYTES,
          Resource.DATABASE_BYTES,
          Resource.LARGEST_POST);

  private final CapacityPlan plan;
  private final PrintWriter out;

  private CapacityText(CapacityPlan plan, PrintWriter out) {
    this.plan = plan;
    this.out = out;
  }

  static void print(CapacityPlan plan, UnitCosts costs, PrintWriter out) {
    CapacityText text = new CapacityText(plan, out);
    text.load();
    text.parts();
    text.growth();
    text.line(
        "Unit costs: measured %s on %s.%nThe model: docs/scaling.md. Try it small before you buy it large.",
        costs.date(), costs.machine());
  }

  private void load() {
    Load load = plan.load();
    Demand demand = plan.demand();
    line("%-30s %14s %14s", "What is asked, a second", "mean", "busiest");
    line("  %-28s %,14.0f %,14.0f", "posts written", load.posts(), load.postsAtPeak());
    line("  %-28s %,14.0f %,14.0f", "feed entries inserted", load.entries(), load.entriesAtPeak());
    line("  %-28s %,14.0f %,14.0f", "pages read", load.pages(), load.pagesAtPeak());
    line(
        "  If every author had %,.0f followers, %,.0f entries would be inserted a second in the mean.%n",
        demand.followersMax(), load.largestEntries());
  }

  private void parts() {
    Parts parts = plan.parts();
    Machines machines = plan.machines();
    line("What it takes, with the busiest minutes using %.0f %%", machines.use() * 100);
    String node = "%d nodes of " + machines.cores() + " cores";
    part("web", node.formatted(parts.webNodes()), busy(Resource.WEB_CORES));
    part("worker", node.formatted(parts.workerNodes()), busy(Resource.WORKER_CORES));
    part("scheduler", "1, and 1 to spare", "works once in the cluster");
    part("Redis", "%d masters".formatted(parts.redisMasters()), redis(parts));
    part("", "as many replicas", "set redis.shards to at least " + parts.redisMasters());
    part("RabbitMQ", "%d nodes".formatted(parts.rabbitmqNodes()), queue());
    part("PostgreSQL", "%d cores".formatted(parts.postgresCores()), busy(Resource.POSTGRES_CORES));
    part("", size(Resource.DATABASE_BYTES), "%.0f days of posts".formatted(plan.demand().days()));
    part(
        "", "%.1f MB/s of WAL".formatted(need(Resource.WAL_BYTES) / 1e6), "and a replica at least");
    part(
        "",
        "%,d connections".formatted(parts.connections()),
        parts.connections() > 500 ? "put a pooler in front, or lower database.poolSize" : "");
    line(
        "  The post with the most followers is in all feeds after %.0f ms of work, if nothing waits before it.%n",
        need(Resource.LARGEST_POST) * 1e3);
  }

  private String redis(Parts parts) {
    String decides = parts.redisByMemory() >= parts.redisByCores() ? "memory" : "work";
    return "%s of feeds, %s; %s decides (by memory %d, by work %d)"
        .formatted(
            size(Resource.REDIS_BYTES),
            busy(Resource.REDIS_CORES),
            decides,
            parts.redisByMemory(),
            parts.redisByCores());
  }

  private String queue() {
    return "%,.0f messages/s, %s".formatted(need(Resource.MESSAGES), busy(Resource.RABBITMQ_CORES));
  }

  private void growth() {
    line("What doubling an input does to each need (a dot: nothing)");
    StringBuilder head = new StringBuilder("  %-18s".formatted(""));
    List.of("web", "worker", "Redis", "Redis", "queue", "PG", "PG", "PG", "largest")
        .forEach(name -> head.append("%9s".formatted(name)));
    line("%s", head);
    StringBuilder units = new StringBuilder("  %-18s".formatted(""));
    List.of("cores", "cores", "cores", "memory", "rate", "cores", "WAL", "size", "post")
        .forEach(name -> units.append("%9s".formatted(name)));
    line("%s", units);
    plan.growth().forEach((input, ratios) -> line("%s", growth(input, ratios)));
    line("");
  }

  private static String growth(Input input, Map<Resource, Double> ratios) {
    StringBuilder row = new StringBuilder("  %-18s".formatted(input.option()));
    for (Resource resource : GROWING) {
      double ratio = ratios.getOrDefault(resource, 1.0);
      String shown = Math.abs(ratio - 1) < 0.005 ? "." : "x%.2f".formatted(ratio);
      row.append("%9s".formatted(shown));
    }
    return row.toString();
  }

  private String busy(Resource resource) {
    return "%.1f cores busy".formatted(need(resource));
  }

  private String size(Resource resource) {
    double giga = need(resource) / GIGA;
    return giga >= 10_000 ? "%,.1f TB".formatted(giga / 1_000) : "%,.1f GB".formatted(giga);
  }

  private double need(Resource resource) {
    return plan.needs().getOrDefault(resource, 0.0);
  }

  private void part(String name, String amount, String why) {
    line("%s", "  %-12s %-22s %s".formatted(name, amount, why).stripTrailing());
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
