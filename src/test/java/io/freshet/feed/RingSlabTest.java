package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RingSlabTest {
  private static final int CAPACITY = 6;

  private final RingSlab slab = new RingSlab(CAPACITY);

  @Test
  void addsTheNewestAndLetsTheOldestFallOut() {
    int slot = filled(0, 3, 2, 1);
    for (long id = 4; id <= 8; id++) {
      slab.insert(slot, id);
    }
    assertThat(all(slot)).containsExactly(8, 7, 6, 5, 4, 3);
    assertThat(slab.floor(slot)).isEqualTo(3);
  }

  @Test
  void keepsTheFloorWhileNothingFallsOut() {
    int slot = filled(0, 5, 4, 3, 2);
    slab.insert(slot, 6);
    slab.insert(slot, 7);
    assertThat(slab.count(slot)).isEqualTo(CAPACITY);
    assertThat(slab.floor(slot)).isZero();
  }

  @Test
  void putsALateIdWhereItBelongs() {
    int slot = filled(0, 90, 70, 50, 30, 10);
    slab.insert(slot, 60);
    slab.insert(slot, 80);
    assertThat(all(slot)).containsExactly(90, 80, 70, 60, 50, 30);
    slab.insert(slot, 20);
    assertThat(all(slot)).containsExactly(90, 80, 70, 60, 50, 30);
    assertThat(slab.floor(slot)).isBetween(21L, 30L);
  }

  @Test
  void refusesWhatIsBelowTheFloorOfAnEmptyRing() {
    int slot = filled(10);
    slab.insert(slot, 9);
    assertThat(slab.count(slot)).isZero();
    slab.insert(slot, 10);
    assertThat(all(slot)).containsExactly(10);
  }

  @Test
  void remembersItsFloorWhenTheOldestAreRemoved() {
    int slot = filled(0, 6, 5, 4, 3, 2, 1);
    slab.insert(slot, 7);
    assertThat(slab.remove(slot, 2)).isTrue();
    assertThat(slab.remove(slot, 2)).isFalse();
    assertThat(slab.floor(slot)).isEqualTo(2);
    slab.insert(slot, 1);
    assertThat(all(slot)).containsExactly(7, 6, 5, 4, 3);
    slab.insert(slot, 2);
    assertThat(all(slot)).containsExactly(7, 6, 5, 4, 3, 2);
  }

  @Test
  void keepsItsNeighboursApart() {
    int[] slots = new int[300];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = filled(0, i + 1);
    }
    assertThat(Arrays.stream(slots).distinct()).hasSize(slots.length);
    assertThat(slab.slots()).isGreaterThanOrEqualTo(slots.length);
    for (int i = 0; i < slots.length; i++) {
      slab.insert(slots[i], 1_000 + i);
    }
    for (int i = 0; i < slots.length; i++) {
      assertThat(all(slots[i])).containsExactly(1_000 + i, i + 1);
    }
  }

  @Test
  void agreesWithASortedSet() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int slot = filled(0);
      TreeSet<Long> model = new TreeSet<>(Comparator.reverseOrder());
      for (int step = 0; step < 300; step++) {
        long id = step + 20L - (random.nextInt(3) == 0 ? random.nextInt(20) : 0);
        if (random.nextInt(4) == 0) {
          slab.remove(slot, id);
          model.remove(id);
        } else {
          slab.insert(slot, id);
          model.add(id);
        }
        long floor = slab.floor(slot);
        assertThat(all(slot))
            .as("seed %d, step %d", seed, step)
            .containsExactly(
                model.stream().filter(kept -> kept >= floor).mapToLong(Long::longValue).toArray());
        assertThat(slab.read(slot, id, 2))
            .containsExactly(
                model.stream()
                    .filter(kept -> kept >= floor && kept < id)
                    .limit(2)
                    .mapToLong(Long::longValue)
                    .toArray());
      }
      slab.release(slot);
    }
  }

  private int filled(long floor, long... ids) {
    int slot = slab.take();
    slab.fill(slot, ids, floor);
    return slot;
  }

  private long[] all(int slot) {
    return slab.read(slot, Long.MAX_VALUE, CAPACITY);
  }
}
