package io.freshet.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Remembers when each reader last read the feed, to the hour, in the table feed_reader: feeds are
 * kept for those who come back, and built for them at the start. What was noted since the last
 * {@link #save} is lost in a crash. Thread-safe.
 */
public final class FeedReaders {
  /** A reader is noted once in this time. */
  private static final Duration GRAIN = Duration.ofHours(1);

  private final PgFeedReaders store;
  private final InstantSource clock;
  private final Map<Long, Instant> noted = new ConcurrentHashMap<>();
  private final Map<Long, Instant> unsaved = new ConcurrentHashMap<>();

  public FeedReaders(Jdbi jdbi, InstantSource clock) {
    this.store = new PgFeedReaders(jdbi);
    this.clock = clock;
  }

  /** Notes that somebody reads their feed now. */
  public void note(long viewer) {
    Instant last = noted.get(viewer);
    Instant now = clock.instant();
    if (last == null || last.plus(GRAIN).isBefore(now)) {
      noted.put(viewer, now);
      unsaved.put(viewer, now);
    }
  }

  /** Saves what was noted since the last time. */
  public void save() {
    Map<Long, Instant> batch = new HashMap<>(unsaved);
    if (batch.isEmpty()) {
      return;
    }
    store.save(batch);
    batch.forEach(unsaved::remove);
    Instant stale = clock.instant().minus(GRAIN);
    noted.values().removeIf(at -> at.isBefore(stale));
  }

  /** Forgets a reader who has gone. */
  public void eraseOf(long viewer) {
    noted.remove(viewer);
    unsaved.remove(viewer);
    store.erase(viewer);
  }

  /** Those who have read since then, the latest first. */
  public List<Long> since(Instant instant, int limit) {
    return store.since(instant, limit);
  }
}
