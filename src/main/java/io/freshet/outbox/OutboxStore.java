package io.freshet.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbox as its relay sees it. Thread-safe. */
public interface OutboxStore {

  /**
   * A claimed row.
   *
   * @param trace the step that saved it, if that is traced
   */
  record Row(long id, Event event, Optional<String> trace) {}

  /** What waits, with the age of the oldest, and how many dead letters there are. */
  record Stats(long waiting, Duration oldest, long parked) {}

  /**
   * Takes up to this many rows that nobody has claimed, oldest first; they are this relay's until
   * the given time.
   */
  List<Row> claim(int limit, Instant now, Instant until);

  /** Keeps rows claimed for longer. */
  void renew(Collection<Long> ids, Instant until);

  void delete(Collection<Long> ids);

  /**
   * Makes the row a dead letter.
   *
   * @param attempts how many there were; 0 if that is not known
   */
  void park(long id, String error, int attempts, Instant now);

  /** Gives up all claims: for a process that is the only one, at its start. */
  void releaseAll();

  Stats stats(Instant now);
}
