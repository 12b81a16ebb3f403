package io.freshet.platform;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One page of a list that is walked by key; {@code next} is the key the next page starts below,
 * empty at the end of the list.
 */
public record Page<T>(List<T> items, OptionalLong next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes a page of at most {@code limit} items out of rows of which one more than that was asked
   * for.
   */
  public static <T> Page<T> of(List<T> rows, int limit, ToLongFunction<T> key) {
    if (rows.size() <= limit) {
      return new Page<>(rows, OptionalLong.empty());
    }
    List<T> items = rows.subList(0, limit);
    return new Page<>(items, OptionalLong.of(key.applyAsLong(items.getLast())));
  }

  public <R> Page<R> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), next);
  }
}
