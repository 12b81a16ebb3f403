package io.freshet.platform.redis;

import io.freshet.platform.Loop;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home of each shard, if it has one now, and the background loop that finds new ones. The loop
 * alone connects and introduces; any thread may look up and lose.
 */
final class Homes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Homes.class);

  /** How often it looks whether something is missing. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final AtomicReferenceArray<@Nullable Home> homes;
  private final String[] lastIds;
  private final Places places;
  private final Introduction introduction;
  private final Sweep sweep;
  private final Duration timeout;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Loop loop;
  private long pauseNanos = LOOK.toNanos();
  private long nextAttempt = System.nanoTime();
  private long nextLook = System.nanoTime();
  private int failures;
  private Optional<OtherShardsException> refusal = Optional.empty();

  /**
   * @param places makes them, given what is to be called when a link has ended
   */
  Homes(int shards, Function<Runnable, Places> places, Awaiting awaiting, Duration timeout) {
    this.homes = new AtomicReferenceArray<>(shards);
    this.lastIds = new String[shards];
    Arrays.fill(lastIds, "");
    this.sweep = new Sweep(this::of, awaiting);
    this.introduction = new Introduction(shards, awaiting, sweep::begin);
    this.timeout = timeout;
    this.places = places.apply(this::forgetLostLinks);
    step();
    this.loop = Loop.start("redis", LOOK, this::step);
  }

  int shards() {
    return homes.length();
  }

  Optional<Home> of(int shard) {
    return Optional.ofNullable(homes.get(shard));
  }

  long token() {
    return introduction.token();
  }

  /** Why the first attempt, made by the constructor, found no home for anything. */
  Optional<OtherShardsException> refusal() {
    return refusal;
  }

  /** The connections in use. */
  Set<Link> links() {
    return IntStream.range(0, homes.length())
        .mapToObj(this::of)
        .flatMap(Optional::stream)
        .map(Home::link)
        .collect(Collectors.toSet());
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The home is this no longer; a newer one stays. */
  void lose(Home home) {
    if (homes.compareAndSet(home.shard(), home, null)) {
      LOG.info("shard {} has lost its home on Redis {}", home.shard(), home.link().address());
      changed();
    }
  }

  /** Begins a new generation: whatever the shard holds is left behind. */
  void renew(int shard) {
    Home old = of(shard).orElseThrow(() -> new RedisAwayException("Redis is away"));
    settle(shard, introduction.renew(old.link(), shard));
  }

  private void forgetLostLinks() {
    for (int shard = 0; shard < homes.length(); shard++) {
      of(shard).filter(home -> !home.link().isOpen()).ifPresent(this::lose);
    }
  }

  private boolean step() {
    long now = System.nanoTime();
    if (now - nextLook >= 0) {
      places.closeSilentLinks();
      nextLook = now + timeout.toNanos();
    }
    forgetLostLinks();
    List<Integer> homeless = homeless();
    if (!homeless.isEmpty() && now - nextAttempt >= 0) {
      attempt(homeless);
    }
    sweep();
    return false;
  }

  private void sweep() {
    try {
      sweep.step();
    } catch (RuntimeException e) {
      LOG.debug("left-behind keys are freed later: {}", said(e));
    }
  }

  private List<Integer> homeless() {
    List<Integer> homeless = new ArrayList<>();
    for (int shard = 0; shard < homes.length(); shard++) {
      if (homes.get(shard) == null) {
        homeless.add(shard);
      }
    }
    return homeless;
  }

  private void attempt(List<Integer> homeless) {
    try {
      Optional<RuntimeException> failure = settleAll(places.find(homeless));
      if (failure.isPresent()) {
        failed(failure.get());
        return;
      }
      failures = 0;
      pauseNanos = LOOK.toNanos();
    } catch (OtherShardsException e) {
      loseAll();
      refusal = Optional.of(e);
      failed(e);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Who divides the keys otherwise would look for the same feed elsewhere, so it uses no shard. */
  private void loseAll() {
    for (int shard = 0; shard < homes.length(); shard++) {
      of(shard).ifPresent(this::lose);
    }
  }

  /** Settles those it can, and gives what was in the way of the others. */
  private Optional<RuntimeException> settleAll(Map<Integer, RedisURI> found) {
    Map<String, RuntimeException> failed = new HashMap<>();
    found.forEach((shard, uri) -> {
      String address = Link.addressOf(uri);
      if (!failed.containsKey(address)) {
        try {
          settle(shard, uri);
        } catch (OtherShardsException e) {
          throw e;
        } catch (RuntimeException e) {
          failed.put(address, e);
        }
      }
    });
    return failed.values().stream().findFirst();
  }

  private void settle(int shard, RedisURI uri) {
    Link link = places.linkTo(uri);
    try {
      settle(shard, introduction.introduce(link, shard, lastIds[shard]));
    } catch (RuntimeException e) {
      // It does not take scripts that write: loading, or a replica by now. The next is found anew.
      link.close();
      throw e;
    }
  }

  private void failed(RuntimeException e) {
    nextAttempt = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    if (Integer.bitCount(++failures) == 1) {
      LOG.warn("cannot use Redis (attempt {}): {}", failures, said(e));
    }
  }

  /** The innermost cause says what it was. */
  private static String said(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  private void settle(int shard, Home home) {
    lastIds[shard] = home.id();
    // Before as well as after: whoever relied on another home knows before it speaks to this one.
    changed();
    homes.set(shard, home);
    LOG.info("shard {} is on Redis {}, {}", shard, home.link().address(), home.id());
    changed();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public void close() {
    loop.close();
    places.close();
  }
}
