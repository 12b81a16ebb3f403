package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Page;
import io.freshet.post.PostException.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The comments on posts, a flat list each. They belong to posts, never to shares of them. Read from
 * the database each time. Thread-safe.
 */
public final class Comments {
  /** Which end of the list a page begins at. */
  public enum Order {
    OLDEST,
    NEWEST
  }

  private final PgComments store;
  private final PostCounts counts;
  private final Handles handles;
  private final Ids ids;
  private final InstantSource clock;

  public Comments(
      PgComments store, PostCounts counts, Handles handles, Ids ids, InstantSource clock) {
    this.store = store;
    this.counts = counts;
    this.handles = handles;
    this.ids = ids;
    this.clock = clock;
  }

  /** Saves a comment; with a key that the author has used before, gives the one made then. */
  public Commented add(
      AccountId author, PostId post, String text, Optional<String> idempotencyKey) {
    String valid = WrittenText.valid("a comment", text);
    List<Long> mentioned = handles.entities(valid).mentioned();
    Comment comment = new Comment(new CommentId(ids.next()), post, author, valid, mentioned);
    return store.insert(comment, idempotencyKey);
  }

  public Optional<Comment> find(CommentId id) {
    return store.find(id.value());
  }

  /**
   * A page of the comments on a post.
   *
   * @param unseen authors to leave out
   * @param from the id to begin after, in the order that was asked for
   */
  public Page<Comment> page(PostId post, long[] unseen, Order order, long from, int limit) {
    return Page.of(
        store.page(post.value(), unseen, order, from, limit + 1),
        limit,
        comment -> comment.id().value());
  }

  /** The comment's author may, and the post's. */
  public void delete(AccountId by, CommentId id) {
    if (!store.delete(by.value(), id.value(), clock.instant())) {
      throw new PostException(
          Problem.NOT_FOUND, "id", "there is no comment " + id + " that you may delete");
    }
  }

  /**
   * Deletes some of the account's comments, then their rows: all if it is called until it answers
   * 0.
   */
  public int eraseOf(AccountId account, int limit) {
    int deleted = store.deleteOf(account.value(), limit, clock.instant());
    if (deleted > 0) {
      return deleted;
    }
    store.leaving(account.value(), limit).forEach(counts::settle);
    return store.forgetOf(account.value(), limit);
  }
}
