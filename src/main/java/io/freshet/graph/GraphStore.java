package io.freshet.graph;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edges and their counters. Every change is one transaction with its events. Thread-safe. */
public interface GraphStore {

  /**
   * Adds the edge unless it is there; saves {@link FollowChanged}, and {@link PullChanged} if the
   * rule asks for it.
   *
   * @throws GraphException TOO_MANY_FOLLOWEES, NO_SUCH_ACCOUNT
   */
  void follow(long follower, long followee, int maxFollowees, CelebrityRule rule);

  /** Removes the edge if it is there; saves the same events. */
  void unfollow(long follower, long followee, CelebrityRule rule);

  /** Applies the rule to every author; saves a {@link PullChanged} for each that changes. */
  void reclassify(CelebrityRule rule);

  /** Ends {@link Pull#LEAVING} unless the author has flipped again since. */
  void endLeaving(long author, long flips);

  FollowCounts counts(long account);

  /** The counters of all authors whose posts are pulled or once were. */
  Map<Long, FollowCounts> flipped();

  /** Followers with ids above {@code after}, ascending. */
  FollowerPage followers(long author, long after, int limit);

  /** Those of these accounts that follow the author now. */
  long[] following(long author, long[] accounts);

  /** Those of these accounts, ascending, in whose feeds the author's posts are seen now. */
  long[] seeing(long author, long[] accounts);

  boolean follows(long follower, long followee);

  /**
   * Hides the author from this viewer's feed; this and the next three save {@link SightChanged}. A
   * term may be changed by another call.
   */
  void mute(long viewer, long author, Optional<Instant> until);

  void unmute(long viewer, long author);

  /** Holds until it is taken away, within seconds of the end of its term. */
  void restrict(long author, long viewer, Optional<Instant> until);

  void unrestrict(long author, long viewer);

  /** The viewers with these ids; somebody without any edge is there too. */
  Map<Long, Viewer> viewers(Collection<Long> ids);

  /** Followers with ids below {@code before}, descending: the list people see. */
  List<Long> followersBelow(long account, long before, int limit);

  List<Long> followeesBelow(long account, long before, int limit);

  List<Hiding> mutesBelow(long viewer, long before, int limit);

  List<Hiding> restrictionsBelow(long author, long before, int limit);
}
