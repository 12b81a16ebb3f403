package io.freshet.post;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The saved shares: posts without a text that refer to another. Nobody has two living shares of one
 * post; one is taken back by {@link PostStore#delete}. Every change is one transaction with its
 * events, among them {@link CountsChanged} for the original. Thread-safe.
 */
public interface ShareStore {

  /**
   * Saves a share and {@link PostPublished}, or finds the living one that its author has of the
   * same original; empty if the original does not live, or is itself a share.
   */
  Optional<Published> share(Post share);

  /** What these posts share, if they are shares; of deleted ones too. */
  Map<Long, Long> originals(Collection<Long> posts);

  /** The oldest living shares of each of these posts, {@code limit} at most; posts without too. */
  Map<Long, FirstShares> first(Collection<Long> originals, int limit);

  /** The oldest living share with an id above {@code after} that one of these authors made. */
  OptionalLong firstBy(long[] authors, long original, long after);

  /** Living shares with ids below {@code before}, newest first. */
  List<Post> below(long original, long before, int limit);

  /**
   * Deletes living shares of a post that is itself deleted, and saves {@link PostDeleted} for each;
   * how many: fewer than {@code limit} only when none is left, and then none comes any more.
   */
  int deleteOfDeleted(long original, int limit, Instant at);
}
