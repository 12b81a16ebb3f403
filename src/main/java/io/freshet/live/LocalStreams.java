package io.freshet.live;

import io.freshet.live.protocol.Publication;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a process that works alone, in its heap. They end with it, so the next one begins
 * with other epochs. What has aged is freed by {@link #sweep}.
 */
public final class LocalStreams implements Streams {
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random for epochs; thread-safe, and not the same after a restart
   */
  public LocalStreams(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Appended append(String channel, Publication publication, Keeping keeping, String key) {
    Instant now = clock.instant();
    return change(
        channel,
        keeping,
        now,
        stream -> {
          Optional<Position> first = stream.used(key, now);
          if (first.isPresent()) {
            return new Appended(first.get(), true);
          }
          stream.append(publication, keeping, now);
          stream.use(key, now);
          return new Appended(stream.position(), false);
        });
  }

  @Override
  public Set<String> kept(List<String> channels) {
    Instant now = clock.instant();
    return channels.stream()
        .filter(channel -> {
          Stream stream = streams.get(channel);
          return stream != null && !stream.hasEnded(now);
        })
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, Position> appendWhereKept(
      List<String> channels, Publication publication, Keeping keeping, String key) {
    Instant now = clock.instant();
    Map<String, Position> kept = new HashMap<>();
    for (String channel : channels) {
      streams.computeIfPresent(
          channel,
          (_, stream) -> {
            if (stream.hasEnded(now)) {
              return null;
            }
            long offset = stream.appendOnce(publication, keeping, key, now);
            kept.put(channel, new Position(offset, stream.epoch));
            return stream;
          });
    }
    return kept;
  }

  @Override
  public History read(String channel, Keeping keeping, long after, int limit, boolean isReverse) {
    Instant now = clock.instant();
    return change(
        channel,
        keeping,
        now,
        stream -> new History(stream.read(after, limit, isReverse, now), stream.position()));
  }

  @Override
  public Map<String, Position> touch(List<String> channels, Keeping keeping) {
    Instant now = clock.instant();
    Map<String, Position> positions = HashMap.newHashMap(channels.size());
    for (String channel : channels) {
      positions.put(channel, change(channel, keeping, now, Stream::position));
    }
    return positions;
  }

  @Override
  public void remove(String channel) {
    streams.computeIfPresent(
        channel,
        (_, stream) -> {
          stream.publications.clear();
          return stream;
        });
  }

  /** Frees what has aged; to be called every few seconds. */
  public void sweep() {
    Instant now = clock.instant();
    for (String channel : streams.keySet()) {
      streams.computeIfPresent(
          channel, (_, stream) -> stream.hasEnded(now) ? null : stream.sweep(now));
    }
  }

  /** How many streams there are. */
  public int size() {
    return streams.size();
  }

  private interface Change<T> {
    T on(Stream stream);
  }

  /** The map's own lock is the stream's: nobody else sees it meanwhile. */
  private <T> T change(String channel, Keeping keeping, Instant now, Change<T> change) {
    List<T> result = new ArrayList<>(1);
    streams.compute(
        channel,
        (_, known) -> {
          Stream stream =
              known == null || known.hasEnded(now) ? new Stream(Epochs.next(random)) : known;
          stream.keptUntil = now.plus(keeping.unusedAge());
          result.add(change.on(stream));
          return stream;
        });
    return result.getFirst();
  }

  private static final class Stream {
    final String epoch;
    final ArrayDeque<Publication> publications = new ArrayDeque<>(1);
    long offset;
    Instant keptUntil = Instant.MIN;
    Instant publicationsUntil = Instant.MIN;
    @Nullable Map<String, Used> keys;
    @Nullable ArrayDeque<Batch> batches;

    private record Used(Position position, Instant until) {}

    private record Batch(String key, long offset) {}

    Stream(String epoch) {
      this.epoch = epoch;
    }

    boolean hasEnded(Instant now) {
      return !keptUntil.isAfter(now);
    }

    Position position() {
      return new Position(offset, epoch);
    }

    Optional<Position> used(String key, Instant now) {
      Used used = keys == null ? null : keys.get(key);
      return used != null && used.until().isAfter(now)
          ? Optional.of(used.position())
          : Optional.empty();
    }

    void use(String key, Instant now) {
      if (!key.isEmpty()) {
        keys = keys == null ? new HashMap<>(2) : keys;
        keys.put(key, new Used(position(), now.plus(KEY_AGE)));
      }
    }

    long appendOnce(Publication publication, Keeping keeping, String key, Instant now) {
      if (key.isEmpty()) {
        append(publication, keeping, now);
        return offset;
      }
      batches = batches == null ? new ArrayDeque<>(2) : batches;
      for (Batch batch : batches) {
        if (batch.key().equals(key)) {
          return batch.offset();
        }
      }
      append(publication, keeping, now);
      batches.addLast(new Batch(key, offset));
      if (batches.size() > KEYS_KEPT) {
        batches.removeFirst();
      }
      return offset;
    }

    void append(Publication publication, Keeping keeping, Instant now) {
      sweep(now);
      publications.addLast(publication.toBuilder().setOffset(++offset).build());
      publicationsUntil = now.plus(keeping.age());
      while (publications.size() > keeping.size()) {
        publications.removeFirst();
      }
    }

    List<Publication> read(long after, int limit, boolean isReverse, Instant now) {
      sweep(now);
      List<Publication> found = new ArrayList<>();
      Iterator<Publication> all =
          isReverse ? publications.descendingIterator() : publications.iterator();
      while (all.hasNext() && (limit < 0 || found.size() < limit)) {
        Publication next = all.next();
        boolean isWanted =
            isReverse ? after == 0 || next.getOffset() < after : next.getOffset() > after;
        if (isWanted) {
          found.add(next);
        }
      }
      return found;
    }

    Stream sweep(Instant now) {
      if (!publicationsUntil.isAfter(now)) {
        publications.clear();
      }
      if (keys != null) {
        keys.values().removeIf(used -> !used.until().isAfter(now));
      }
      return this;
    }
  }
}
