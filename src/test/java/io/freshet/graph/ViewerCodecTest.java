package io.freshet.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewerCodecTest {
  private final ViewerCodec codec = new ViewerCodec();

  @Test
  void bringsBackWhatItWrote() {
    Viewer viewer =
        new Viewer(
            7,
            new long[] {1, (1L << 62) + 1},
            Map.of(1L, Instant.MAX, 2L, Instant.parse("2026-11-21T10:00:00.123456Z")),
            new long[] {3});
    assertThat(codec.read(codec.write(viewer))).usingRecursiveComparison().isEqualTo(viewer);
  }

  @Test
  void bringsBackSomebodyWhoKnowsNobody() {
    Viewer viewer = new Viewer(7, new long[0], Map.of(), new long[0]);
    assertThat(codec.read(codec.write(viewer))).usingRecursiveComparison().isEqualTo(viewer);
  }
}
