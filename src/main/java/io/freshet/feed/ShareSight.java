package io.freshet.feed;

import io.freshet.graph.Viewer;
import io.freshet.post.FirstShares;
import io.freshet.post.Post;
import io.freshet.post.ShareStore;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Which shares a reader sees in the feed at a moment: an original is there once. Nobody sees an
 * original through a share whose author they mute or are restricted by; those who have the author's
 * own posts in their feed see it there; all others see the oldest share of those whom they see.
 */
record ShareSight(Viewer reader, Instant now, ShareStore store) {

  /** The share through which the reader sees this living original, if any. */
  OptionalLong first(Post original, FirstShares shares) {
    return first(original, shares, 0);
  }

  /** The same if there were none with ids up to {@code after}. */
  OptionalLong first(Post original, FirstShares shares, long after) {
    return seesThroughShares(original.author().value())
        ? oldest(original.id().value(), shares, after)
        : OptionalLong.empty();
  }

  private boolean seesThroughShares(long author) {
    return !reader.follows(author) && !reader.mutes(author, now) && !reader.isRestrictedBy(author);
  }

  private OptionalLong oldest(long original, FirstShares shares, long after) {
    for (int i = 0; i < shares.ids().length; i++) {
      if (shares.ids()[i] > after && reader.seesInFeed(shares.authors()[i], now)) {
        return OptionalLong.of(shares.ids()[i]);
      }
    }
    return shares.isAll()
        ? OptionalLong.empty()
        : store.firstBy(reader.seenFollowees(now), original, Math.max(after, shares.last()));
  }
}
