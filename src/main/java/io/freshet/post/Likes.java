package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Page;

/**
 * Who likes which post. Likes belong to posts, never to shares of them. Whoever gives or takes one
 * sees it at once; the counters follow by {@link PostCounts#settle}. Thread-safe.
 */
public final class Likes {
  private final PgLikes store;
  private final ReaderMarks marks;
  private final Ids ids;

  public Likes(PgLikes store, ReaderMarks marks, Ids ids) {
    this.store = store;
    this.marks = marks;
    this.ids = ids;
  }

  /** Liking twice is liking once. */
  public void put(AccountId account, PostId post) {
    try {
      store.put(post.value(), account.value(), ids.next());
    } finally {
      marks.forget(account.value());
    }
  }

  /** False if the account did not like the post. */
  public boolean remove(AccountId account, PostId post) {
    try {
      return store.remove(post.value(), account.value());
    } finally {
      marks.forget(account.value());
    }
  }

  /**
   * Those who like a post, the latest first.
   *
   * @param unseen accounts to leave out
   */
  public Page<Like> list(PostId post, long[] unseen, long before, int limit) {
    return Page.of(store.list(post.value(), unseen, before, limit + 1), limit, Like::id);
  }

  /** Whether the account likes the post now. */
  public boolean exists(AccountId account, PostId post) {
    return store.exists(post.value(), account.value());
  }

  /** Takes back some of the account's likes, all if it is called until it answers 0. */
  public int eraseOf(AccountId account, int limit) {
    try {
      return store.eraseOf(account.value(), limit);
    } finally {
      marks.forget(account.value());
    }
  }
}
