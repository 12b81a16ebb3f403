package io.freshet.post;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What is saved of who likes and shares what. Thread-safe. */
public interface MarkStore {

  /** The newest marks of each account, {@code limit} of a kind at most. */
  Map<Long, Marks> newest(Collection<Long> accounts, int limit);

  /** Those of the posts that the account likes. */
  Set<Long> liked(long account, Collection<Long> posts);

  /** Those of the posts that the account shares. */
  Set<Long> shared(long account, Collection<Long> posts);
}
