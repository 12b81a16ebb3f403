package io.freshet.post;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds the accounts that texts name. */
@FunctionalInterface
public interface Handles {

  /** The ids of those of the handles that are somebody's. */
  Map<String, Long> find(Collection<String> handles);

  /** What this text names; a handle that is nobody's is text only. */
  default Entities entities(String text) {
    TextEntities found = TextEntities.of(text);
    if (found.handles().isEmpty()) {
      return found.tags().isEmpty() ? Entities.NONE : new Entities(List.of(), found.tags());
    }
    Map<String, Long> ids = find(found.handles());
    return new Entities(
        found.handles().stream().filter(ids::containsKey).map(ids::get).toList(), found.tags());
  }

  /** Nobody has a handle. */
  static Handles none() {
    return handles -> Map.of();
  }
}
