package io.freshet.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reads that may lag go: to the read replica, if there is one, it lags little, and it has all
 * that the reader has written; else to the primary.
 *
 * <p>Two must agree: the caller, who binds the reader by {@link #reading}, and the query, which is
 * asked by {@link #query}. Whatever is asked outside a bound reader goes to the primary, so caches,
 * builds, rebuild and verification cannot meet a replica. Thread-safe.
 */
public final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  /** A replica further behind is not used; well below {@link Positions#KEPT}. */
  private static final Duration MOST_LAG = Duration.ofSeconds(5);

  /** How old the last look at the replica may be. */
  private static final Duration LOOK_AGE = Duration.ofSeconds(5);

  private static final Duration LOOK_REST = Duration.ofMillis(500);

  /** How long a reader waits for the replica before the primary is asked. */
  private static final Duration WAIT = Duration.ofMillis(60);

  private static final String POSITION = "SELECT (%s - '0/0'::pg_lsn)::bigint";
  private static final String WRITTEN = POSITION.formatted("pg_current_wal_lsn()");
  private static final String REPLAYED =
      POSITION.formatted("CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END");

  /** How far the primary had come, and when it was asked. */
  private record Mark(Instant at, long position) {}

  private final ScopedValue<Long> reader = ScopedValue.newInstance();
  private final Jdbi primary;
  private final Optional<Database> replica;
  private final Positions positions;
  private final InstantSource clock;
  private final Deque<Mark> unseen = new ArrayDeque<>();
  private final LongAdder reads = new LongAdder();
  private final Optional<Loop> looks;
  private volatile boolean usable;
  private volatile Instant lookedAt = Instant.MIN;
  private volatile long replayed;
  private volatile Duration lag = Duration.ZERO;

  private Replica(
      Jdbi primary, Optional<Database> replica, Positions positions, InstantSource clock) {
    this.primary = primary;
    this.replica = replica;
    this.positions = positions;
    this.clock = clock;
    this.looks = replica.map(at -> Loop.start("replica", LOOK_REST, this::step));
  }

  /** Of a database without one. */
  public static Replica none(Jdbi primary) {
    return new Replica(primary, Optional.empty(), Positions.local(), InstantSource.system());
  }

  /** Follows the replica, which may be away for now. */
  public static Replica of(
      Jdbi primary, Database replica, Positions positions, InstantSource clock) {
    return new Replica(primary, Optional.of(replica), positions, clock);
  }

  public boolean isConfigured() {
    return replica.isPresent();
  }

  /** Does work on behalf of a reader who may be told what was true some seconds ago. */
  public void reading(long account, Runnable work) {
    ScopedValue.where(reader, account).run(work);
  }

  /** Asks what may lag, of the replica if it may answer the bound reader. */
  public <T> T query(HandleCallback<T, RuntimeException> query) {
    if (replica.isPresent() && reader.isBound() && mayAnswer(reader.get())) {
      try {
        T answer = replica.get().jdbi().withHandle(query);
        reads.increment();
        return answer;
      } catch (RuntimeException e) {
        if (!Outage.causes(e)) {
          throw e;
        }
        lose(e.toString());
      }
    }
    return primary.withHandle(query);
  }

  /** To be told after an account's commit and before the answer. */
  public void wrote(long account) {
    if (replica.isPresent()) {
      positions.put(account, written());
    }
  }

  private long written() {
    try {
      return position(primary, WRITTEN);
    } catch (RuntimeException e) {
      return Positions.UNKNOWN;
    }
  }

  private boolean mayAnswer(long account) {
    if (!isUsable()) {
      return false;
    }
    long needed = account == 0 ? 0 : positions.of(account);
    return needed <= replayed
        || (needed != Positions.UNKNOWN && Patience.await(WAIT, () -> replayed() >= needed));
  }

  /** Whether it is used now. */
  public boolean isUsable() {
    return usable && clock.instant().isBefore(lookedAt.plus(LOOK_AGE));
  }

  /** How far it was behind when it was last looked at. */
  public Duration lag() {
    return lag;
  }

  /** Reads it has answered since the start. */
  public long reads() {
    return reads.sum();
  }

  private boolean step() {
    look();
    return false;
  }

  /** Sees how far the replica is behind. */
  synchronized void look() {
    try {
      Instant now = clock.instant();
      unseen.addLast(new Mark(now, position(primary, WRITTEN)));
      long seen = replayed();
      while (!unseen.isEmpty() && unseen.getFirst().position() <= seen) {
        unseen.removeFirst();
      }
      lag = unseen.isEmpty() ? Duration.ZERO : Duration.between(unseen.getFirst().at(), now);
      lookedAt = now;
      if (lag.compareTo(MOST_LAG) > 0) {
        lose("it lags " + lag.toSeconds() + " s");
      } else if (!usable) {
        LOG.info("the replica is in use");
        usable = true;
      }
    } catch (RuntimeException e) {
      lose(e.toString());
    }
    while (unseen.size() > 1_000) {
      unseen.removeLast();
    }
  }

  private long replayed() {
    try {
      replayed = replica.map(at -> position(at.jdbi(), REPLAYED)).orElse(0L);
    } catch (RuntimeException e) {
      lose(e.toString());
      throw e;
    }
    return replayed;
  }

  private void lose(String why) {
    if (usable) {
      LOG.warn("the replica is not used for now: {}", why);
    }
    usable = false;
  }

  private static long position(Jdbi of, String sql) {
    return of.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).findOne().orElse(0L));
  }

  @Override
  public void close() {
    looks.ifPresent(Loop::close);
    replica.ifPresent(Database::close);
  }
}
