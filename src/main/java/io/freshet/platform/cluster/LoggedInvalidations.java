package io.freshet.platform.cluster;

import io.freshet.platform.Invalidations;
import io.freshet.platform.UnavailableException;
import io.freshet.platform.cluster.InvalidationLog.Entry;
import io.freshet.platform.cluster.Node.Leave;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The invalidations of one process among several. A change is removed from the cache that processes
 * share and appended to the log. Where that does not reach everyone who trusts the log, the writer
 * waits until nobody trusts anything: some seconds for the first, nothing for those who follow.
 */
final class LoggedInvalidations implements Invalidations {
  /** How long a writer waits for leave to append: the others agree within a beat or two. */
  private static final Duration FOR_LEAVE = Duration.ofSeconds(4);

  /** How long a writer waits for silence before it fails: the silence itself and some beats. */
  private static final Duration FOR_SILENCE = Node.SILENCE.plusSeconds(5);

  private static final CatchUp NOTHING_TO_HEED = () -> {};

  /** Waits at most so long until something holds, and says whether it does. */
  interface Waiting {
    boolean await(Duration most, BooleanSupplier condition);
  }

  private final Node node;
  private final LogReader reader;
  private final InvalidationLog log;
  private final SharedValues values;
  private final long self;
  private final LongSupplier tokens;
  private final Waiting waiting;
  private final Set<String> shared = ConcurrentHashMap.newKeySet();

  /**
   * @param self the origin of our own entries, the same as the reader's
   * @param tokens gives another number at each call, unlike those of other processes
   */
  LoggedInvalidations(
      Node node,
      LogReader reader,
      InvalidationLog log,
      SharedValues values,
      long self,
      LongSupplier tokens,
      Waiting waiting) {
    this.node = node;
    this.reader = reader;
    this.log = log;
    this.values = values;
    this.self = self;
    this.tokens = tokens;
    this.waiting = waiting;
  }

  @Override
  public void register(String cache, Forgetful by) {
    reader.register(cache, by);
  }

  @Override
  public void publish(String cache, long id) {
    Optional<Leave> leave = node.mayAppend();
    if (leave.isPresent() && reaches(leave.get(), cache, id)) {
      return;
    }
    BooleanSupplier reached =
        () ->
            node.isSilent() || node.mayAppend().filter(own -> reaches(own, cache, id)).isPresent();
    boolean hopeful = leave.isEmpty() && node.seesLog();
    if (hopeful && waiting.await(FOR_LEAVE, reached)) {
      return;
    }
    awaitSilence(reached);
  }

  @Override
  public void publishAll() {
    awaitSilence(node::isSilent);
  }

  /** Also while nothing is trusted: trust may return before the reader is done. */
  @Override
  public CatchUp start() {
    return node.seesLog() ? reader.start() : NOTHING_TO_HEED;
  }

  @Override
  public boolean isTrusted() {
    return node.isTrusted();
  }

  @Override
  public <V> Function<Collection<Long>, Map<Long, V>> shared(
      String cache, Codec<V> codec, Function<Collection<Long>, Map<Long, V>> loader) {
    shared.add(cache);
    return new SharedLoader<>(cache, node, values, tokens, codec, loader);
  }

  /** First the shared value, then the log: whoever heeds the entry must not find the value. */
  private boolean reaches(Leave leave, String cache, long id) {
    try {
      if (shared.contains(cache)) {
        log.await(log.remove(cache, leave.epoch(), List.of(id)));
      }
      log.await(log.append(new Entry(self, cache, id)));
      return node.holds(leave);
    } catch (RuntimeException e) {
      node.lose();
      return false;
    }
  }

  private void awaitSilence(BooleanSupplier reached) {
    node.callForSilence();
    try {
      if (!waiting.await(FOR_SILENCE, reached)) {
        throw new UnavailableException(
            "the change is saved, but other processes may not know it yet: try again in a moment");
      }
    } finally {
      node.endCall();
    }
  }
}
