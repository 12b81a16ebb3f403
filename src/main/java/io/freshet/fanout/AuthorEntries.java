package io.freshet.fanout;

import io.freshet.feed.FeedStore;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.Invalidations;
import io.freshet.post.AuthorFeed;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PostStore;

/** All entries of one author in the stored feeds of some followers. */
record AuthorEntries(
    FeedStore feeds, AuthorFeeds authorFeeds, PostStore posts, Invalidations invalidations) {

  /**
   * Adds the author's newest posts: those too whose own fan-out ended before these followers
   * followed.
   */
  void add(long author, long[] followers) {
    invalidations.catchUp();
    AuthorFeed feed = authorFeeds.get(author);
    FeedWindow source = new FeedWindow(feed.ids(), feed.floor());
    for (long follower : followers) {
      feeds.insertAll(follower, source);
    }
  }

  /** Removes everything by the author. */
  void remove(long author, long[] followers) {
    removeAll(posts.ever(author), followers);
  }

  /** Removes what the author has deleted. */
  void removeDeleted(long author, long[] followers) {
    removeAll(posts.deleted(author), followers);
  }

  private void removeAll(long[] gone, long[] followers) {
    if (gone.length > 0) {
      for (long follower : followers) {
        feeds.removeAll(follower, gone);
      }
    }
  }
}
