package io.freshet.web.limits;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.platform.LimitSettings;
import io.freshet.platform.Rate;
import io.freshet.web.limits.SharedUses.Use;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LockFreeBucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody's quotas in this process, the least used of which are forgotten when there are too
 * many. Nobody waits for other nodes: what was used is told to them, and what they used is learnt,
 * at each {@link #exchange}. So within one exchange each of N nodes may let through what is left as
 * it last knew, N times the limit at worst; the excess is a debt that is paid off before anything
 * more is let through. While the others cannot be reached each node limits by itself. Thread-safe.
 */
final class Quotas {
  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

  /** Of some 300 bytes each: who floods from more addresses than this is beyond our means. */
  static final int MAX_QUOTAS = 100_000;

  /** Keys of one script: Redis serves nobody else meanwhile, some 0.2 ms. */
  private static final int PIECE = 200;

  /** An answer that takes longer is of no use any more. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Key(Limit limit, Who who) {}

  private record Told(Quota quota, long uses) {}

  private final Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
  private final Map<Limit, BucketConfiguration> buckets = new EnumMap<>(Limit.class);
  private final Cache<Key, Quota> quotas;
  private final TimeMeter meter;
  private final Optional<SharedUses> shared;
  private final ConcurrentLinkedQueue<Quota> toTell = new ConcurrentLinkedQueue<>();

  /**
   * @param shared with the other nodes, if there are others
   */
  Quotas(LimitSettings settings, InstantSource clock, Optional<SharedUses> shared) {
    this.shared = shared;
    this.meter = meter(clock);
    for (Limit limit : Limit.values()) {
      Rate rate = limit.rate(settings);
      rates.put(limit, rate);
      buckets.put(limit, bucket(rate));
    }
    // A bucket that was left alone for its period is full, which is what a new one is.
    Duration longest = rates.values().stream().map(Rate::per).max(Comparator.naturalOrder()).get();
    this.quotas =
        Caffeine.newBuilder()
            .maximumSize(MAX_QUOTAS)
            .expireAfterAccess(longest)
            .executor(Runnable::run)
            .build();
  }

  private static BucketConfiguration bucket(Rate rate) {
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder().capacity(rate.most()).refillGreedy(rate.most(), rate.per()).build())
        .build();
  }

  private static TimeMeter meter(InstantSource clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.millis() * 1_000_000;
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  Rate rate(Limit limit) {
    return Objects.requireNonNull(rates.get(limit));
  }

  /** Takes one, if one is left. */
  ConsumptionProbe take(Limit limit, Who who) {
    Quota quota = quotas.get(new Key(limit, who), this::full);
    ConsumptionProbe probe = quota.take();
    if (probe.isConsumed() && shared.isPresent() && quota.note()) {
      toTell.add(quota);
    }
    return probe;
  }

  private Quota full(Key key) {
    BucketConfiguration configuration = Objects.requireNonNull(buckets.get(key.limit()));
    Bucket bucket =
        new LockFreeBucket(configuration, MathType.INTEGER_64_BITS, meter, BucketListener.NOPE);
    return new Quota(key.limit(), key.who(), bucket);
  }

  /** How many are kept. */
  long size() {
    quotas.cleanUp();
    return quotas.estimatedSize();
  }

  /** Tells the others what was used here since, and learns what they used. */
  void exchange() {
    if (shared.isEmpty() || toTell.isEmpty()) {
      return;
    }
    Map<List<Told>, CompletionStage<List<Long>>> underway = new HashMap<>();
    for (List<Told> piece : pieces(shared.get())) {
      underway.put(piece, shared.get().add(piece.stream().map(this::use).toList()));
    }
    underway.forEach(this::learn);
  }

  private List<List<Told>> pieces(SharedUses with) {
    Map<Integer, List<Told>> open = new HashMap<>();
    List<List<Told>> pieces = new ArrayList<>();
    for (Quota quota = toTell.poll(); quota != null; quota = toTell.poll()) {
      List<Told> piece = open.computeIfAbsent(with.shardOf(key(quota)), shard -> new ArrayList<>());
      piece.add(new Told(quota, quota.untold()));
      if (piece.size() == PIECE) {
        pieces.add(piece);
        open.remove(with.shardOf(key(quota)));
      }
    }
    pieces.addAll(open.values());
    return pieces;
  }

  private Use use(Told told) {
    return new Use(key(told.quota()), rate(told.quota().limit), told.uses());
  }

  private static String key(Quota quota) {
    return "l:"
        + quota.limit.policy()
        + ":"
        + quota.who.kind()
        + Long.toHexString(quota.who.value());
  }

  private void learn(List<Told> piece, CompletionStage<List<Long>> answer) {
    Optional<List<Long>> left = await(answer);
    for (int i = 0; i < piece.size(); i++) {
      Told told = piece.get(i);
      boolean hasMore =
          left.isPresent()
              ? told.quota().told(told.uses(), left.get().get(i))
              : told.quota().giveUp(told.uses());
      if (hasMore) {
        toTell.add(told.quota());
      }
    }
  }

  private static Optional<List<Long>> await(CompletionStage<List<Long>> answer) {
    try {
      return Optional.of(
          answer.toCompletableFuture().orTimeout(PATIENCE.toMillis(), MILLISECONDS).join());
    } catch (CompletionException | CancellationException away) {
      LOG.debug("other nodes were not told", away);
      return Optional.empty();
    }
  }
}
