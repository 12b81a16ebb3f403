package io.freshet.live.redis;

import io.freshet.live.Interests;
import io.freshet.live.NodesContract;
import io.freshet.live.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisNodesTest extends NodesContract {
  private static OpenRedis open;

  @BeforeAll
  static void start() {
    open = new OpenRedis();
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @Override
  protected Interests interests() {
    return new RedisInterests(open.redis());
  }

  @Override
  protected Wire wire() {
    return new RedisWire(open.redis());
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
    open.server().kill();
    open.server().restart();
  }
}
