package io.freshet.live.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.Ear;
import io.freshet.live.Interests;
import io.freshet.live.NodesContract;
import io.freshet.live.Wire;
import io.freshet.live.redis.OpenRedis;
import io.freshet.live.redis.RedisInterests;
import io.freshet.platform.rabbit.RabbitAddress;
import io.freshet.testkit.FaultProxy;
import io.freshet.testkit.RabbitServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RabbitNodesTest extends NodesContract {
  private static OpenRedis open;
  private static RabbitServer rabbit;
  private static FaultProxy link;

  @BeforeAll
  static void start() {
    open = new OpenRedis();
    rabbit = RabbitServer.start();
    link = FaultProxy.to(rabbit.port());
  }

  @AfterAll
  static void stop() {
    link.close();
    rabbit.close();
    open.close();
  }

  @AfterEach
  void mend() {
    link.pass();
  }

  @Override
  protected Interests interests() {
    return new RedisInterests(open.redis());
  }

  @Override
  protected Wire wire() {
    return new RabbitWire(
        new RabbitAddress("amqp://guest:guest@127.0.0.1:" + link.port() + "/%2F"));
  }

  @Override
  protected void emptyTheTable() {
    open.clear();
  }

  @Override
  protected void settle() {
    emptyTheTable();
    interests().announce("n0", List.of());
    open.pass(Interests.SETTLING);
  }

  @Override
  protected void restart() {
    rabbit.kill();
    open.server().kill();
    open.server().restart();
    rabbit.restart();
  }

  @Test
  void reportsAWayThatIsSilentAndFindsAnotherOne() {
    Member a = member("a");
    Member b = member("b");
    b.broker().join("x");
    link.stall();
    awaitThat(() -> !b.broker().isReady());
    long dropped = a.broker().dropped();
    awaitThat(() -> {
      a.broker().deliver(Ear.delivery("x"));
      return a.broker().dropped() > dropped;
    });
    int resumptions = b.ear().resumptions();
    link.pass();
    awaitThat(() -> a.broker().isReady() && b.broker().isReady());
    awaitThat(() -> b.ear().resumptions() > resumptions);
    b.ear().forget();
    a.broker().deliver(Ear.delivery("x"));
    awaitThat(() -> b.ear().deliveries().contains(List.of("x")));
  }

  @Test
  void keepsOneBoundedQueueANode() {
    member("a");
    member("b").broker().join("x");
    List<String> queues = lines("list_queues", "name", "exclusive", "arguments");
    assertThat(queues)
        .hasSize(2)
        .allSatisfy(queue ->
            assertThat(queue).contains("true", "x-max-length", "drop-head", "x-message-ttl"));
    assertThat(lines("list_bindings", "source_name", "routing_key"))
        .filteredOn(binding -> binding.contains("freshet"))
        .containsExactlyInAnyOrder(
            "freshet.live\ta", "freshet.live\tb", "freshet.live.all\t", "freshet.live.all\t");
  }

  private static List<String> lines(String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--no-table-headers");
    return rabbit.ctl(line.toArray(String[]::new)).lines().toList();
  }
}
