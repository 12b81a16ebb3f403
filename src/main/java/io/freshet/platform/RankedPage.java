package io.freshet.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list that is walked by rank; {@code next} is the place of its last item, below
 * which the next page starts, empty at the end of the list.
 */
public record RankedPage<T>(List<T> items, Optional<Place> next) {
  public RankedPage {
    items = List.copyOf(items);
  }

  /** Makes a page of at most {@code limit} items out of rows of which one more was asked for. */
  public static <T> RankedPage<T> of(List<T> rows, int limit, Function<T, Place> place) {
    if (rows.size() <= limit) {
      return new RankedPage<>(rows, Optional.empty());
    }
    List<T> items = rows.subList(0, limit);
    return new RankedPage<>(items, Optional.of(place.apply(items.getLast())));
  }
}
