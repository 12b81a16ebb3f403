package io.freshet.live.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.Presences;
import io.freshet.live.PresencesContract;
import io.freshet.live.protocol.ClientInfo;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisPresencesTest extends PresencesContract {
  private static OpenRedis open;
  private static RedisPresences presences;

  @BeforeAll
  static void start() {
    open = new OpenRedis();
    presences = new RedisPresences(open.redis());
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @BeforeEach
  void clear() {
    open.clear();
  }

  @Override
  protected Presences presences() {
    return presences;
  }

  @Override
  protected void pass(Duration time) {
    open.pass(time);
  }

  @Test
  void leavesNothingBehindOfAChannelThatAllHaveLeft() {
    presences.add("a", ClientInfo.newBuilder().setClient("c-1").build());
    pass(Presences.AGE.plusSeconds(1));
    assertThat(open.server().cli("KEYS", "*:l:*")).isEmpty();
  }

  @Test
  void freesWhatDeadNodesLeftThoughOthersStay() {
    for (int i = 0; i < 100; i++) {
      presences.add("a", ClientInfo.newBuilder().setClient("dead-" + i).build());
    }
    pass(Presences.AGE.minusSeconds(1));
    presences.add("a", ClientInfo.newBuilder().setClient("live").build());
    pass(Duration.ofSeconds(2));
    for (int i = 0; i < 1_000; i++) {
      presences.add("a", ClientInfo.newBuilder().setClient("live").build());
    }
    String key = open.server().cli("KEYS", "*:l:a:c");
    assertThat(open.server().cli("HKEYS", key)).isEqualTo("live");
  }
}
