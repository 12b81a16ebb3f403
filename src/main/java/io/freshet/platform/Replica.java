package io.freshet.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private final ScopedValue<Long> reader = ScopedValue.newInstance();
  private final Jdbi primary;
  private final Optional<Database> replica;
  private final Jdbi primaryPosition;
  private final Positions positions;
  private final InstantSource clock;
  private final ReplayLag seen = new ReplayLag();
  private final LongAdder reads = new LongAdder();
  private final Optional<Loop> looks;
  private volatile boolean usable;
  private volatile Instant lookedAt = Instant.MIN;
  private volatile long replayed;
  private volatile Optional<Duration> lag;

  private Replica(
      Jdbi primary,
      Jdbi primaryPosition,
      Optional<Database> replica,
      Positions positions,
      InstantSource clock) {
    this.primary = primary;
    this.primaryPosition = primaryPosition;
    this.replica = replica;
    this.positions = positions;
    this.clock = clock;
    this.lag = replica.isPresent() ? Optional.empty() : Optional.of(Duration.ZERO);
    this.looks = replica.map(at -> Loop.start("replica", LOOK_REST, this::step));
  }

  /** Of a database without one. */
  public static Replica none(Jdbi primary) {
    return new Replica(
        primary, primary, Optional.empty(), Positions.local(), InstantSource.system());
  }

  /**
   * Follows the replica, which may be away for now. How far the primary has come is asked however
   * many wait for it: it is asked for little, and not to know it would send more there.
   */
  public static Replica of(
      Database primary, Database replica, Positions positions, InstantSource clock) {
    Jdbi unguarded = Jdbi.create(primary.dataSource());
    return new Replica(primary.jdbi(), unguarded, Optional.of(replica), positions, clock);
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
    if (replica.isPresent() && reader.isBound()) {
      Jdbi lagging = replica.get().jdbi();
      try {
        if (mayAnswer(reader.get(), lagging)) {
          T answer = lagging.withHandle(query);
          reads.increment();
          return answer;
        }
      } catch (BusyException e) {
        // It is well: only this query goes to the primary.
        return primary.withHandle(query);
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

  /** To be told when an account's change was refused or its outcome is unknown; asks nobody. */
  public void mayHaveWritten(long account) {
    if (replica.isPresent()) {
      positions.put(account, Positions.UNKNOWN);
    }
  }

  private long written() {
    try {
      return position(primaryPosition, WRITTEN);
    } catch (RuntimeException e) {
      return Positions.UNKNOWN;
    }
  }

  private boolean mayAnswer(long account, Jdbi lagging) {
    if (!isUsable()) {
      return false;
    }
    long needed = account == 0 ? 0 : positions.of(account);
    return needed <= replayed
        || (needed != Positions.UNKNOWN && Patience.await(WAIT, () -> replayed(lagging) >= needed));
  }

  /** Whether it is used now. */
  public boolean isUsable() {
    return usable && clock.instant().isBefore(lookedAt.plus(LOOK_AGE));
  }

  /** The most it was behind when it was last looked at; empty while that is not known. */
  public Optional<Duration> lag() {
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
    replica.ifPresent(at -> {
      try {
        Instant now = clock.instant();
        seen.mark(now, position(primaryPosition, WRITTEN));
        seen.replayed(replayed(Jdbi.create(at.dataSource())));
        Optional<Duration> behind = seen.at(now);
        lag = behind;
        lookedAt = now;
        judge(behind);
      } catch (RuntimeException e) {
        lose(e.toString());
      }
    });
  }

  private void judge(Optional<Duration> behind) {
    if (behind.isEmpty()) {
      lose("it has not caught up yet");
    } else if (behind.get().compareTo(MOST_LAG) > 0) {
      lose("it lags " + behind.get().toSeconds() + " s");
    } else if (!usable) {
      LOG.info("the replica is in use");
      usable = true;
    }
  }

  private long replayed(Jdbi lagging) {
    replayed = position(lagging, REPLAYED);
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
