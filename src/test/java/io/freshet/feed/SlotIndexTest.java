package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotIndexTest {
  @Test
  void agreesWithAHashMap() {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long keys = random.nextLong(10, 2_000);
      SlotIndex index = new SlotIndex();
      Map<Long, Integer> model = new HashMap<>();
      for (int step = 0; step < 5_000; step++) {
        long key = random.nextLong(1, keys) << (random.nextInt(0, 2) * 22);
        if (random.nextInt(5) < 3) {
          index.put(key, step);
          model.put(key, step);
        } else {
          index.remove(key);
          model.remove(key);
        }
        long probe = random.nextLong(1, keys);
        assertThat(index.get(probe))
            .as("seed %d, step %d, key %d", seed, step, probe)
            .isEqualTo(model.getOrDefault(probe, SlotIndex.NONE));
      }
      assertThat(index.size()).isEqualTo(model.size());
      model.forEach((key, slot) -> assertThat(index.get(key)).isEqualTo(slot));
    }
  }

  @Test
  void findsNothingOnceCleared() {
    SlotIndex index = new SlotIndex();
    for (long key = 1; key <= 500; key++) {
      index.put(key, (int) key);
    }
    index.clear();
    assertThat(index.size()).isZero();
    for (long key = 1; key <= 500; key++) {
      assertThat(index.get(key)).isEqualTo(SlotIndex.NONE);
    }
  }
}
