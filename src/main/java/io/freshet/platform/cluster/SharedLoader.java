package io.freshet.platform.cluster;

import io.freshet.platform.Invalidations.Codec;
import io.freshet.platform.cluster.Node.Leave;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Loads values from the cache that processes share, and those it lacks from behind it. While the
 * node trusts nothing, or the cache does not answer, all come from behind it. Thread-safe.
 */
final class SharedLoader<V> implements Function<Collection<Long>, Map<Long, V>> {
  private final String cache;
  private final Node node;
  private final SharedValues values;
  private final LongSupplier tokens;
  private final Codec<V> codec;
  private final Function<Collection<Long>, Map<Long, V>> behind;

  SharedLoader(
      String cache,
      Node node,
      SharedValues values,
      LongSupplier tokens,
      Codec<V> codec,
      Function<Collection<Long>, Map<Long, V>> behind) {
    this.cache = cache;
    this.node = node;
    this.values = values;
    this.tokens = tokens;
    this.codec = codec;
    this.behind = behind;
  }

  @Override
  public Map<Long, V> apply(Collection<Long> ids) {
    Optional<Leave> leave = node.mayShare();
    return leave.isPresent() ? load(ids, leave.get()) : behind.apply(ids);
  }

  private Map<Long, V> load(Collection<Long> ids, Leave leave) {
    long epoch = leave.epoch();
    long token = tokens.getAsLong();
    Map<Long, V> found = HashMap.newHashMap(ids.size());
    try {
      values
          .look(cache, epoch, ids, token)
          .forEach((id, bytes) -> found.put(id, codec.read(bytes)));
    } catch (RuntimeException e) {
      // Away, or of a format we do not know: what is behind it knows all.
      return behind.apply(ids);
    }
    if (node.mayShare().filter(leave::equals).isEmpty()) {
      // Another home may have answered: what it holds under this epoch nobody has kept up.
      return behind.apply(ids);
    }
    List<Long> missing = new ArrayList<>(ids);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      Map<Long, V> loaded = behind.apply(missing);
      Map<Long, byte[]> filled = HashMap.newHashMap(loaded.size());
      loaded.forEach((id, value) -> filled.put(id, codec.write(value)));
      values.fill(cache, epoch, filled, token);
      found.putAll(loaded);
    }
    return found;
  }
}
