package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.platform.Ids;
import io.freshet.testkit.MovableClock;
import java.util.function.Consumer;

/** What survives a restart: posts, edges, outbox, the clock and the ids drawn so far. */
final class SimDatabase {
  final MovableClock clock = new MovableClock();
  final Ids ids = new Ids(clock, 0);
  final SimOutbox outbox;
  final SimTransactions transactions;
  final SimGraph graph;
  final SimPosts posts;

  SimDatabase(Hazards hazards, Runnable pause, Consumer<Event> publishLate) {
    outbox = new SimOutbox(hazards.on(Hazard.OUTBOX_BY_LAST_ID));
    transactions =
        new SimTransactions(
            ids, outbox, pause, publishLate, hazards.on(Hazard.EVENT_WITHOUT_OUTBOX));
    graph = new SimGraph(transactions, clock, hazards);
    posts = new SimPosts(transactions, hazards, pause);
  }
}
