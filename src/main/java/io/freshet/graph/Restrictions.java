package io.freshet.graph;

import io.freshet.account.AccountId;
import io.freshet.graph.GraphException.Problem;
import io.freshet.platform.Page;
import java.time.Instant;
import java.util.Optional;

/**
 * Viewers whom an author hides from: they see none of the author's posts, anywhere. A restriction
 * with a term holds until it is taken away, within seconds of its end. Thread-safe.
 */
public final class Restrictions {
  /** Viewers that an account may restrict: as many as it can follow. */
  public static final int MAX_RESTRICTIONS = 5_000;

  private final GraphStore store;
  private final Viewers viewers;

  public Restrictions(GraphStore store, Viewers viewers) {
    this.store = store;
    this.viewers = viewers;
  }

  public void restrict(AccountId author, AccountId viewer, Optional<Instant> until) {
    if (author.equals(viewer)) {
      throw new GraphException(Problem.SELF, "nobody can restrict themselves");
    }
    try {
      store.restrict(author.value(), viewer.value(), until);
    } finally {
      viewers.forget(viewer.value());
    }
  }

  public void unrestrict(AccountId author, AccountId viewer) {
    try {
      store.unrestrict(author.value(), viewer.value());
    } finally {
      viewers.forget(viewer.value());
    }
  }

  public Page<Hiding> list(AccountId author, long before, int limit) {
    return Page.of(
        store.restrictionsBelow(author.value(), before, limit + 1),
        limit,
        restriction -> restriction.account().value());
  }
}
