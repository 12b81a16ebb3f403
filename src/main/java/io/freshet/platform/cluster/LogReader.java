package io.freshet.platform.cluster;

import io.freshet.platform.Invalidations.CatchUp;
import io.freshet.platform.Invalidations.Forgetful;
import io.freshet.platform.cluster.InvalidationLog.Entry;
import io.freshet.platform.cluster.InvalidationLog.Tail;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log to its end and has this process's near caches forget what it tells. One fetch is
 * under way at a time, and at most one waits behind it: it serves all who began before it was sent.
 * Thread-safe.
 */
final class LogReader {
  private final InvalidationLog log;
  private final long self;
  private final Runnable onFailure;
  private final Map<String, Forgetful> caches = new ConcurrentHashMap<>();
  private @Nullable CompletableFuture<Void> underWay;
  private @Nullable CompletableFuture<Void> next;

  /** Where we are: up to here, near caches heed the log. The epoch is 0 before the first. */
  private Place place = new Place(0, "", 0);

  private record Place(long epoch, String life, long last) {}

  /**
   * @param self the origin of this process's own entries, which it has heeded already
   * @param onFailure called, on any thread, when a fetch has failed
   */
  LogReader(InvalidationLog log, long self, Runnable onFailure) {
    this.log = log;
    this.self = self;
    this.onFailure = onFailure;
  }

  void register(String cache, Forgetful by) {
    caches.put(cache, by);
  }

  /**
   * Goes on reading in this epoch, from where we were or, if it is a new one, from the log's end
   * with empty caches. Nobody may use the near caches meanwhile if the epoch is new.
   */
  void follow(long epoch) {
    if (placeNow().epoch() != epoch) {
      Tail end = log.await(log.fetch("", 0));
      moveTo(new Place(epoch, end.life(), end.last()));
      // Last of all: what was loaded before the end of the log was known is not kept either.
      forgetAll();
    } else {
      log.await(ask());
    }
  }

  CatchUp start() {
    CompletableFuture<Void> fetch = ask();
    return () -> {
      try {
        log.await(fetch);
      } catch (RuntimeException e) {
        onFailure.run();
      }
    };
  }

  private CompletableFuture<Void> ask() {
    CompletableFuture<Void> first;
    synchronized (this) {
      if (underWay != null) {
        next = next == null ? new CompletableFuture<>() : next;
        return next;
      }
      first = new CompletableFuture<>();
      underWay = first;
    }
    send(first);
    return first;
  }

  private void send(CompletableFuture<Void> fetch) {
    Place from = placeNow();
    log.fetch(from.life(), from.last())
        .whenComplete((tail, failure) -> arrived(fetch, from, tail, failure));
  }

  private void arrived(
      CompletableFuture<Void> fetch, Place from, @Nullable Tail tail, @Nullable Throwable failure) {
    boolean moved = tail != null && !heed(from, tail);
    if (moved) {
      // Somebody else has moved us meanwhile: those who wait for this fetch need one from there.
      send(fetch);
      return;
    }
    sendNext();
    if (tail == null) {
      onFailure.run();
      fetch.completeExceptionally(failure == null ? new IllegalStateException() : failure);
    } else {
      fetch.complete(null);
    }
  }

  private void sendNext() {
    CompletableFuture<Void> following;
    synchronized (this) {
      following = next;
      underWay = next;
      next = null;
    }
    if (following != null) {
      send(following);
    }
  }

  /** False if we are not at {@code from} any more, so that these entries tell nothing certain. */
  private synchronized boolean heed(Place from, Tail tail) {
    if (!place.equals(from)) {
      return false;
    }
    boolean whole =
        tail.life().equals(from.life()) && tail.entries().size() == tail.last() - from.last();
    if (whole) {
      tail.entries().forEach(this::heed);
    } else {
      forgetAll();
    }
    place = new Place(from.epoch(), tail.life(), tail.last());
    return true;
  }

  private void heed(Entry entry) {
    Forgetful cache = caches.get(entry.cache());
    if (cache != null && entry.origin() != self) {
      cache.forget(entry.id());
    }
  }

  private void forgetAll() {
    caches.values().forEach(Forgetful::forgetAll);
  }

  private synchronized Place placeNow() {
    return place;
  }

  private synchronized void moveTo(Place there) {
    place = there;
  }
}
