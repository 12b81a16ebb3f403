package io.freshet.graph;

import io.freshet.account.AccountId;
import io.freshet.graph.GraphException.Problem;
import io.freshet.platform.Page;
import java.time.Instant;
import java.util.Optional;

/**
 * Authors that viewers hide from their own feeds: filtered at each read, so undoing brings the
 * posts back. Thread-safe.
 */
public final class Mutes {
  /** Authors that an account may mute: all of them are in memory while it reads. */
  public static final int MAX_MUTES = 5_000;

  private final GraphStore store;
  private final Viewers viewers;

  public Mutes(GraphStore store, Viewers viewers) {
    this.store = store;
    this.viewers = viewers;
  }

  public void mute(AccountId viewer, AccountId author, Optional<Instant> until) {
    if (viewer.equals(author)) {
      throw new GraphException(Problem.SELF, "nobody can mute themselves");
    }
    try {
      store.mute(viewer.value(), author.value(), until);
    } finally {
      viewers.forget(viewer.value());
    }
  }

  public void unmute(AccountId viewer, AccountId author) {
    try {
      store.unmute(viewer.value(), author.value());
    } finally {
      viewers.forget(viewer.value());
    }
  }

  public Page<Hiding> list(AccountId viewer, long before, int limit) {
    return Page.of(
        store.mutesBelow(viewer.value(), before, limit + 1), limit, mute -> mute.account().value());
  }
}
