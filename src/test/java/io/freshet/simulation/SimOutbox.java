package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.outbox.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outbox in memory; survives a restart of the simulated process. */
final class SimOutbox implements OutboxStore {
  private record Saved(Event event, Instant claimedUntil, boolean parked) {}

  private final Map<Long, Saved> rows = new TreeMap<>();
  private final boolean byLastId;
  private long lastId;

  SimOutbox(boolean byLastId) {
    this.byLastId = byLastId;
  }

  void append(long id, Event event) {
    rows.put(id, new Saved(event, Instant.MIN, false));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public List<Row> claim(int limit, Instant now, Instant until) {
    List<Row> claimed = new ArrayList<>();
    for (Map.Entry<Long, Saved> row : rows.entrySet()) {
      Saved saved = row.getValue();
      boolean due =
          !saved.parked()
              && saved.claimedUntil().isBefore(now)
              && !(byLastId && row.getKey() <= lastId);
      if (due && claimed.size() < limit) {
        claimed.add(new Row(row.getKey(), saved.event(), Optional.empty()));
        row.setValue(new Saved(saved.event(), until, false));
        lastId = Math.max(lastId, row.getKey());
      }
    }
    return claimed;
  }

  @Override
  public void renew(Collection<Long> ids, Instant until) {
    ids.forEach(id ->
        rows.computeIfPresent(id, (key, saved) -> new Saved(saved.event(), until, saved.parked())));
  }

  @Override
  public void delete(Collection<Long> ids) {
    ids.forEach(rows::remove);
  }

  @Override
  public void park(long id, String error, int attempts, Instant now) {
    throw new AssertionError("dead letter " + id + ": " + error);
  }

  @Override
  public void releaseAll() {
    rows.replaceAll((id, saved) -> new Saved(saved.event(), Instant.MIN, saved.parked()));
    lastId = byLastId ? lastId : 0;
  }

  @Override
  public Stats stats(Instant now) {
    return new Stats(rows.size(), Duration.ZERO, 0);
  }
}
