package io.freshet.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Invalidations;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CelebritiesTest {
  private static final FollowCounts ORDINARY = new FollowCounts(10, 0, 0, Pull.NO, 2);
  private static final FollowCounts STAR = new FollowCounts(100, 0, 0, Pull.YES, 3);

  private Runnable duringLook = () -> {};
  private FollowCounts now = ORDINARY;
  private final Celebrities celebrities =
      new Celebrities(store(), new CelebrityRule(100, 0.9), Invalidations.none());

  @Test
  void keepsWhatWasReadAfterTheLatestFlip() {
    duringLook =
        () -> {
          duringLook = () -> {};
          now = STAR;
          celebrities.refresh(1);
        };
    celebrities.refresh(1);
    assertThat(celebrities.pull(1)).isEqualTo(Pull.YES);
    assertThat(celebrities.among(new long[] {1, 2})).containsExactly(1);
  }

  @Test
  void forgetsWhoIsOneNoMore() {
    now = STAR;
    celebrities.reload();
    assertThat(celebrities.size()).isEqualTo(1);
    now = new FollowCounts(10, 0, 0, Pull.NO, 4);
    celebrities.refresh(1);
    assertThat(celebrities.size()).isZero();
    assertThat(celebrities.among(new long[] {1})).isEmpty();
  }

  /** Reads the counters, then lets something happen, and answers with what it read. */
  private GraphStore store() {
    return (GraphStore)
        Proxy.newProxyInstance(
            GraphStore.class.getClassLoader(),
            new Class<?>[] {GraphStore.class},
            (self, method, arguments) -> {
              FollowCounts read = now;
              duringLook.run();
              return method.getName().equals("flipped") ? Map.of(1L, read) : read;
            });
  }
}
