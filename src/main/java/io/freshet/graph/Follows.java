package io.freshet.graph;

import io.freshet.account.AccountId;
import io.freshet.graph.GraphException.Problem;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Page;

/** Follow edges: who answers a call here is heeded by every read that starts later. Thread-safe. */
public final class Follows {
  /** Followees an account may have: what a feed can be built from in milliseconds. */
  public static final int MAX_FOLLOWEES = 5_000;

  private final Invalidations invalidations;
  private final GraphStore store;
  private final Viewers viewers;
  private final Celebrities celebrities;

  public Follows(
      GraphStore store, Viewers viewers, Celebrities celebrities, Invalidations invalidations) {
    this.invalidations = invalidations;
    this.store = store;
    this.viewers = viewers;
    this.celebrities = celebrities;
  }

  /** Begins to follow; nothing happens if it is so already. */
  public void follow(AccountId follower, AccountId followee) {
    if (follower.equals(followee)) {
      throw new GraphException(Problem.SELF, "nobody can follow themselves");
    }
    try {
      store.follow(follower.value(), followee.value(), MAX_FOLLOWEES, celebrities.rule());
    } finally {
      viewers.forget(follower.value());
    }
  }

  /** Ceases to follow; nothing happens if it is so already. */
  public void unfollow(AccountId follower, AccountId followee) {
    try {
      store.unfollow(follower.value(), followee.value(), celebrities.rule());
    } finally {
      viewers.forget(follower.value());
    }
  }

  public FollowCounts counts(AccountId account) {
    return store.counts(account.value());
  }

  public boolean follows(AccountId follower, AccountId followee) {
    invalidations.catchUp();
    return viewers.get(follower.value()).follows(followee.value());
  }

  public Page<AccountId> followers(AccountId account, long before, int limit) {
    return Page.of(store.followersBelow(account.value(), before, limit + 1), limit, Long::longValue)
        .map(AccountId::new);
  }

  public Page<AccountId> followees(AccountId account, long before, int limit) {
    return Page.of(store.followeesBelow(account.value(), before, limit + 1), limit, Long::longValue)
        .map(AccountId::new);
  }
}
