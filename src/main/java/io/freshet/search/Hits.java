package io.freshet.search;

import java.util.List;
import java.util.Optional;

/** One page of what was found, the best first; {@code next} is empty at the end. */
public record Hits<T>(List<T> items, Optional<Bookmark> next) {
  public Hits {
    items = List.copyOf(items);
  }
}
