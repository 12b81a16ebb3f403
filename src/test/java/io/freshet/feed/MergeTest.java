package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MergeTest {
  @Test
  void givesTheNewestOfAllListsWithoutDuplicates() {
    assertThat(
            Merge.newest(
                List.of(new long[] {9, 5, 1}, new long[] {}, new long[] {9, 8, 5}),
                Long.MAX_VALUE,
                0,
                4))
        .containsExactly(9, 8, 5, 1);
  }

  @Test
  void staysBetweenTheFloorAndTheCursor() {
    List<long[]> lists = List.of(new long[] {9, 7, 5, 3}, new long[] {8, 6, 4, 2});
    assertThat(Merge.newest(lists, 8, 4, 100)).containsExactly(7, 6, 5, 4);
    assertThat(Merge.newest(lists, 8, 4, 2)).containsExactly(7, 6);
    assertThat(Merge.newest(lists, 2, 0, 10)).isEmpty();
    assertThat(Merge.newest(List.of(), 2, 0, 10)).isEmpty();
  }

  @Test
  void givesWhatSortingGives() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2_000; round++) {
      List<long[]> lists = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        lists.add(descending(random.longs(random.nextInt(20), 1, 100).distinct().toArray()));
      }
      long before = random.nextLong(1, 120);
      long floor = random.nextLong(0, 60);
      int limit = random.nextInt(30);
      assertThat(Merge.newest(lists, before, floor, limit))
          .as("round %d", round)
          .containsExactly(
              lists.stream()
                  .flatMapToLong(Arrays::stream)
                  .filter(id -> id < before && id >= floor)
                  .distinct()
                  .boxed()
                  .sorted(Comparator.reverseOrder())
                  .limit(limit)
                  .mapToLong(Long::longValue)
                  .toArray());
    }
  }

  @Test
  void findsWhereACursorPoints() {
    long[] ids = {9, 7, 5};
    assertThat(Merge.firstBelow(ids, Long.MAX_VALUE)).isZero();
    assertThat(Merge.firstBelow(ids, 9)).isEqualTo(1);
    assertThat(Merge.firstBelow(ids, 6)).isEqualTo(2);
    assertThat(Merge.firstBelow(ids, 5)).isEqualTo(3);
    assertThat(Merge.firstBelow(new long[0], 5)).isZero();
  }

  private static long[] descending(long[] ids) {
    return Arrays.stream(ids)
        .boxed()
        .sorted(Comparator.reverseOrder())
        .mapToLong(Long::longValue)
        .toArray();
  }
}
