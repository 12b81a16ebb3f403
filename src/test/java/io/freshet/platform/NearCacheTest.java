package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NearCacheTest {
  private final Map<Long, String> source = new ConcurrentHashMap<>(Map.of(1L, "one", 2L, "two"));
  private final AtomicInteger loads = new AtomicInteger();
  private Runnable duringLoad = () -> {};
  private final NearCache<String> cache =
      new NearCache<>("texts", 100, (id, value) -> 1, this::load, Invalidations.none());

  private Map<Long, String> load(Collection<Long> ids) {
    loads.incrementAndGet();
    Map<Long, String> found = new HashMap<>();
    for (Long id : ids) {
      String value = source.get(id);
      if (value != null) {
        found.put(id, value);
      }
    }
    duringLoad.run();
    return found;
  }

  @Test
  void loadsOnceAndRemembers() {
    assertThat(cache.get(1)).isEqualTo("one");
    assertThat(cache.get(1)).isEqualTo("one");
    assertThat(loads).hasValue(1);
  }

  @Test
  void loadsOnlyWhatIsMissing() {
    cache.get(1);
    assertThat(cache.getAll(List.of(1L, 2L, 3L))).isEqualTo(Map.of(1L, "one", 2L, "two"));
    assertThat(loads).hasValue(2);
    assertThat(cache.get(3)).isNull();
  }

  @Test
  void forgetsWhatIsInvalidated() {
    cache.get(1);
    source.put(1L, "changed");
    cache.invalidate(1);
    assertThat(cache.get(1)).isEqualTo("changed");
    source.put(1L, "again");
    cache.invalidateAll();
    assertThat(cache.get(1)).isEqualTo("again");
  }

  @Test
  void keepsNoValueWhoseLoadBeganBeforeTheInvalidation() {
    duringLoad =
        () -> {
          source.put(1L, "newer");
          cache.invalidate(1);
        };
    assertThat(cache.get(1)).isEqualTo("one");
    duringLoad = () -> {};
    assertThat(cache.get(1)).isEqualTo("newer");
  }

  @Test
  void keepsNoValueWhoseLoadBeganBeforeAllWereInvalidated() {
    duringLoad =
        () -> {
          source.put(1L, "newer");
          cache.invalidateAll();
        };
    assertThat(Objects.requireNonNull(cache.get(1))).isEqualTo("one");
    duringLoad = () -> {};
    assertThat(cache.get(1)).isEqualTo("newer");
  }
}
