package io.freshet.graph;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * What decides whose posts somebody sees.
 *
 * @param followees ascending
 * @param mutes muted authors, each until an instant ({@link Instant#MAX}: until undone)
 * @param restrictedBy authors who hide from this viewer, ascending
 */
public record Viewer(long id, long[] followees, Map<Long, Instant> mutes, long[] restrictedBy) {

  /** Whether the author's posts belong in this viewer's feed. */
  public boolean follows(long author) {
    return Arrays.binarySearch(followees, author) >= 0;
  }

  /** Whether the author lets this viewer see anything. */
  public boolean isRestrictedBy(long author) {
    return Arrays.binarySearch(restrictedBy, author) >= 0;
  }

  public boolean mutes(long author, Instant now) {
    Instant until = mutes.get(author);
    return until != null && now.isBefore(until);
  }

  public Relation to(long other, Instant now) {
    return new Relation(follows(other), mutes(other, now));
  }

  public boolean seesInFeed(long author, Instant now) {
    return follows(author) && !mutes(author, now) && !isRestrictedBy(author);
  }

  /** The followees whose posts are seen now, ascending. */
  public long[] seenFollowees(Instant now) {
    if (mutes.isEmpty() && restrictedBy.length == 0) {
      return followees;
    }
    return Arrays.stream(followees).filter(author -> seesInFeed(author, now)).toArray();
  }
}
