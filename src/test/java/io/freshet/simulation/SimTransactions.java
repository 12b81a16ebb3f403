package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.platform.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commits of the simulated database: a change and its events at once, after a pause in which other
 * transactions may commit first (so ids of events commit out of order, as in PostgreSQL).
 */
final class SimTransactions {
  private final Ids ids;
  private final SimOutbox outbox;
  private final Runnable pause;
  private final Consumer<Event> publishLate;
  private final boolean withoutOutbox;
  private Runnable afterCommit = () -> {};

  /** A change that gives its events. */
  interface Change {
    List<Event> apply();
  }

  /**
   * @param publishLate what hazard 1 does with an event, some time after the commit
   */
  SimTransactions(
      Ids ids,
      SimOutbox outbox,
      Runnable pause,
      Consumer<Event> publishLate,
      boolean withoutOutbox) {
    this.ids = ids;
    this.outbox = outbox;
    this.pause = pause;
    this.publishLate = publishLate;
    this.withoutOutbox = withoutOutbox;
  }

  void afterCommit(Runnable action) {
    afterCommit = action;
  }

  void commit(Change change) {
    List<Long> eventIds = new ArrayList<>(List.of(ids.next(), ids.next()));
    pause.run();
    List<Event> events = change.apply();
    if (!withoutOutbox) {
      for (Event event : events) {
        outbox.append(eventIds.isEmpty() ? ids.next() : eventIds.removeFirst(), event);
      }
    }
    afterCommit.run();
    if (withoutOutbox) {
      pause.run();
      events.forEach(publishLate);
    }
  }
}
