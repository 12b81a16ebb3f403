package io.freshet.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of who listens where, shared by all nodes. What a node announced is forgotten after
 * {@link #AGE}, for it may have died; so each announces everything again every {@link #RENEWAL}.
 * All methods but {@link #onLoss} may fail with an unchecked exception. Thread-safe.
 */
public interface Interests {
  /** A dead node is forgotten in under half a minute. */
  Duration AGE = Duration.ofSeconds(25);

  /** One announcement may fail, and the next one still comes in time. */
  Duration RENEWAL = Duration.ofSeconds(8);

  /** How long a new table is not relied on: until every node must have announced all it has. */
  Duration SETTLING = RENEWAL.plusSeconds(7);

  /** That this node lives, and listens to these channels; returns when others see it. */
  void announce(String node, Collection<String> channels);

  /** That it listens to these channels too. */
  void join(String node, Collection<String> channels);

  /** That it does not listen to these any more; may return before others see it. */
  void leave(String node, Collection<String> channels);

  /** That this node is no more, and listens to nothing. */
  void withdraw(String node, Collection<String> channels);

  /**
   * The nodes that listen to each of these channels; channels of none are left out. Empty if it
   * cannot be known, for a part of the table is new.
   */
  Optional<Map<String, List<String>>> of(Collection<String> channels);

  /** Whether there is such a node; true if it cannot be known. */
  boolean knows(String node);

  /** All channels that somebody listens to. */
  Set<String> channels();

  /** Called when the table may have lost what was announced; must be short and never wait. */
  void onLoss(Runnable listener);
}
