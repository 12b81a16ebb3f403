package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Page;
import io.freshet.post.PostException.Problem;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who shares what. A share is an entry of its author's feed that shows another's post, or one's
 * own; it has no text and cannot be edited. Whether somebody may see a post, and so share it, is
 * for the caller to know. Thread-safe.
 */
public final class Shares {
  private final Posts posts;
  private final ShareStore store;
  private final AuthorFeeds authorFeeds;
  private final Ids ids;

  public Shares(Posts posts, ShareStore store, AuthorFeeds authorFeeds, Ids ids) {
    this.posts = posts;
    this.store = store;
    this.authorFeeds = authorFeeds;
    this.ids = ids;
  }

  /**
   * Shares the post, or what it shares; gives the share there is if that has been done already.
   *
   * @throws PostException NOT_FOUND when it is gone
   */
  public Published share(AccountId sharer, Post post) {
    PostId original = post.original().orElse(post.id());
    try {
      return store
          .share(Post.share(new PostId(ids.next()), sharer, original))
          .orElseThrow(
              () -> new PostException(Problem.NOT_FOUND, "id", "there is no post " + original));
    } finally {
      posts.forgetShare(sharer.value(), original.value());
      authorFeeds.forget(sharer.value());
    }
  }

  /** Takes back the share of the post, or of what it shares; false if there is none. */
  public boolean unshare(AccountId sharer, PostId post) {
    long[] author = {sharer.value()};
    OptionalLong share = store.firstBy(author, original(post), 0);
    if (share.isEmpty()) {
      return false;
    }
    try {
      posts.delete(sharer, new PostId(share.getAsLong()));
      return true;
    } catch (PostException e) {
      if (e.problem() == Problem.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private long original(PostId post) {
    return store.originals(List.of(post.value())).getOrDefault(post.value(), post.value());
  }

  /** The living shares of the post, or of what it shares, newest first. */
  public Page<Post> of(Post post, long before, int limit) {
    long original = post.original().orElse(post.id()).value();
    return Page.of(store.below(original, before, limit + 1), limit, share -> share.id().value());
  }
}
