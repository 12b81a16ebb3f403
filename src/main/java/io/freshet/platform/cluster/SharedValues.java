package io.freshet.platform.cluster;

import java.util.Collection;
import java.util.Map;

/**
 * The cache that processes share. A process that misses a value gets a lease on it and may fill it
 * in only while that stands; removing a value ends the lease too, so nobody fills in what was read
 * before a change ("Scaling Memcache at Facebook", NSDI 2013, 3.2.1). Thread-safe.
 */
public interface SharedValues {

  /**
   * The values that are there; each of the others is leased to this token, unless it is already.
   */
  Map<Long, byte[]> look(String cache, long epoch, Collection<Long> ids, long token);

  /** Fills in what is still leased to this token; returns before that is done. */
  void fill(String cache, long epoch, Map<Long, byte[]> values, long token);
}
