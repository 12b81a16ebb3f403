package io.freshet.post;

import io.freshet.account.Accounts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What posts ask of accounts: whom a text names, and whether its author is still there. */
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

  /**
   * The authors who were removed and whose posts are still there, as of the caller's last look at
   * the invalidations or later: nobody sees these, from the moment of their removal.
   */
  default Set<Long> removed() {
    return Set.of();
  }

  /** Of these accounts. */
  static Handles of(Accounts accounts) {
    return new Handles() {
      @Override
      public Map<String, Long> find(Collection<String> handles) {
        return accounts.idsByHandle(handles);
      }

      @Override
      public Set<Long> removed() {
        return accounts.removed();
      }
    };
  }

  /** Nobody has a handle. */
  static Handles none() {
    return handles -> Map.of();
  }
}
