package io.freshet.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.platform.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;

class CapacityModelTest {
  private static final Machines MACHINES = new Machines(4, 0.5, 16, 16, 1_000, 100_000);

  /** Round costs: a post 1,000 us, an entry 10 us, a page 100 us, everywhere. */
  private static final UnitCosts ROUND = costs(1_000, 10, 100);

  private final CapacityModel model = new CapacityModel(ROUND, MACHINES);

  @Test
  void countsWhatIsAskedOfACluster() {
    Load load = model.plan(demand(864_000, 1, 100, 200)).load();
    assertThat(load.posts()).isEqualTo(10);
    assertThat(load.entriesAtPeak()).isEqualTo(10 * 200 * 2);
    assertThat(load.pagesAtPeak()).isEqualTo(1_000 * 2);
    assertThat(load.largestEntries()).isEqualTo(10 * 5_000);
  }

  @Test
  void addsUpPostsEntriesAndPagesInCores() {
    double cores = 20 * 1_000e-6 + 4_000 * 10e-6 + 2_000 * 100e-6;
    CapacityPlan plan = model.plan(demand(864_000, 1, 100, 200));
    needs(plan)
        .containsEntry(Resource.WEB_CORES, cores)
        .containsEntry(Resource.REDIS_CORES, cores)
        .containsEntry(Resource.POSTGRES_CORES, cores)
        .containsEntry(Resource.MESSAGES, 20.0 * 2);
  }

  @Test
  void roundsUpToWholeMachinesAndKeepsASpareOne() {
    CapacityPlan.Parts small = model.plan(demand(1_000, 1, 100, 200)).parts();
    assertThat(small.webNodes()).isEqualTo(2);
    assertThat(small.rabbitmqNodes()).isEqualTo(3);
    assertThat(small.redisMasters()).isEqualTo(1);
    // 260 cores busy, half of 4 used a node, half of 1 a Redis.
    CapacityPlan.Parts large = model.plan(demand(864_000_000, 1, 100, 200)).parts();
    assertThat(large.webNodes()).isEqualTo(130);
    assertThat(large.redisByCores()).isEqualTo(520);
    assertThat(large.connections()).isEqualTo((130 + 130 + 1) * 16);
  }

  @Test
  void takesTheLargerOfWorkAndMemoryForRedis() {
    CapacityPlan idle = model.plan(demand(7_000_000, 0, 0, 200));
    // 10 million accounts, 1,024 entries of 8 bytes, 16 GB a master.
    needs(idle).containsEntry(Resource.REDIS_BYTES, 1e7 * 1_024 * 8);
    assertThat(idle.parts().redisByMemory()).isEqualTo(6);
    assertThat(idle.parts().redisMasters()).isEqualTo(6);
    assertThat(idle.parts().redisByCores()).isEqualTo(1);
  }

  @Test
  void saysWhatGrowsWithWhat() {
    Map<Input, Map<Resource, Double>> growth = model.plan(demand(864_000, 1, 100, 200)).growth();
    growth(growth, Input.DAU)
        .allSatisfy((resource, ratio) ->
            assertThat(ratio)
                .as(resource.name())
                .isCloseTo(resource == Resource.LARGEST_POST ? 1 : 2, within(1e-9)));
    growth(growth, Input.WINDOW)
        .containsEntry(Resource.WEB_CORES, 1.0)
        .containsEntry(Resource.REDIS_BYTES, 2.0);
    growth(growth, Input.FOLLOWERS_MAX)
        .containsEntry(Resource.LARGEST_POST, 2.0)
        .containsEntry(Resource.WORKER_CORES, 1.0);
    growth(growth, Input.DAYS).containsEntry(Resource.WAL_BYTES, 1.0);
  }

  @Test
  void doesNotFanOutWhomItPulls() {
    Demand star = demand(864_000, 1, 100, 200, 50_000_000);
    needs(model.plan(star))
        .hasEntrySatisfying(
            Resource.LARGEST_POST, s -> assertThat(s).isCloseTo(100_000 * 20e-6, within(1e-9)));
  }

  @Test
  void plansUpToTheLimitOfEachInput() {
    Demand most =
        new Demand(1e10, 10_000, 100_000, 1e9, 1e10, 1, 1, 100_000, 36_500, 100_000, 1_000);
    assertThat(model.plan(most.checked()).growth()).containsOnlyKeys(Input.values());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> demand(0, 1, 1, 1))
        .isInstanceOf(OperatorException.class)
        .hasMessage("--dau must be from 1 to 10000000000.");
    assertThatThrownBy(() -> demand(1, Double.NaN, 1, 1)).hasMessageContaining("--posts-per-day");
    assertThatThrownBy(() -> demand(1, 1, 1, 300, 200))
        .hasMessageContaining("no mean is above the most");
    assertThatThrownBy(() -> new Machines(4, 0, 16, 16, 1_000, 1)).hasMessageContaining("--use");
    assertThatThrownBy(() -> new UnitCosts("", "", List.of()).of("web.page"))
        .hasMessage("The unit costs lack \"web.page\".");
  }

  @Test
  void everyBuiltInCostNamesWhatMeasuredIt() {
    UnitCosts builtIn = UnitCosts.builtIn();
    assertThat(builtIn.date()).matches("20\\d\\d-\\d\\d-\\d\\d");
    assertThat(builtIn.machine()).isNotBlank();
    assertThat(builtIn.costs())
        .allSatisfy(cost -> {
          assertThat(cost.source()).as(cost.name()).startsWith("bench/");
          assertThat(java.nio.file.Path.of(cost.source().split(" ")[0])).exists();
          assertThat(cost.value()).as(cost.name()).isGreaterThanOrEqualTo(0);
          assertThat(cost.unit()).isIn("us", "bytes");
        })
        .extracting(UnitCosts.Cost::name)
        .containsExactlyInAnyOrderElementsOf(
            ROUND.costs().stream().map(UnitCosts.Cost::name).toList());
  }

  private static Demand demand(double dau, double posts, double reads, double followers) {
    return demand(dau, posts, reads, followers, 5_000);
  }

  private static Demand demand(
      double dau, double posts, double reads, double followers, double most) {
    return new Demand(dau, posts, reads, followers, most, 0.7, 1, 1_024, 365, 200, 2).checked();
  }

  private static MapAssert<Resource, Double> needs(CapacityPlan plan) {
    return assertThat(plan.needs());
  }

  private static MapAssert<Resource, Double> growth(
      Map<Input, Map<Resource, Double>> growth, Input input) {
    return assertThat(growth.getOrDefault(input, Map.of()));
  }

  private static UnitCosts costs(double post, double entry, double page) {
    List<UnitCosts.Cost> costs = new ArrayList<>();
    for (String server : List.of("web", "worker", "redis", "rabbitmq", "postgres")) {
      costs.add(new UnitCosts.Cost(server + ".post", post, "us", "", ""));
      costs.add(new UnitCosts.Cost(server + ".entry", entry, "us", "", ""));
      costs.add(new UnitCosts.Cost(server + ".page", page, "us", "", ""));
    }
    costs.add(new UnitCosts.Cost("redis.entryBytes", 8, "bytes", "", ""));
    costs.add(new UnitCosts.Cost("postgres.walOfPost", 1_000, "bytes", "", ""));
    costs.add(new UnitCosts.Cost("postgres.accountBytes", 400, "bytes", "", ""));
    costs.add(new UnitCosts.Cost("postgres.followBytes", 120, "bytes", "", ""));
    costs.add(new UnitCosts.Cost("postgres.postBytes", 150, "bytes", "", ""));
    return new UnitCosts("2026-01-01", "a machine", costs);
  }
}
