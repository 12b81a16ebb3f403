package io.freshet.platform.cluster;

import io.freshet.platform.UnavailableException;
import io.freshet.platform.cluster.NodeTable.View;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process among those that work from a database: its leased number, and what it may rely on
 * (docs/adr/0007). Every {@link #BEAT} it renews its lease, tells all others which log it sees, and
 * looks what they see.
 *
 * <p>It <i>trusts</i> its near caches while a beat that began less than {@link #TRUST} ago found
 * all processes at the same log. It may <i>append</i> while nobody can trust another log than its
 * own. It is <i>silent</i> when it has told that it sees no log, long enough that nobody trusts
 * anything. All times are of this process's monotonic clock, in nanoseconds. Thread-safe; {@link
 * #beat} is called by one thread at a time.
 */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  public static final Duration BEAT = Duration.ofSeconds(1);

  /** A process that was not heard of for so long is not waited for, and its number is free. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  /** How long a beat is good for: two may fail. */
  static final Duration TRUST = Duration.ofSeconds(3);

  /** After so long nobody trusts what was true before: {@link #TRUST}, and a tenth for clocks. */
  static final Duration SILENCE = TRUST.plusMillis(300);

  /** What is taken off the lease, since clocks do not run at one speed. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(1);

  /** A beat goes round again when it has learnt something that the others wait to hear. */
  private static final int ROUNDS = 3;

  /** What a beat found. */
  private record Finding(long began, String home, long epoch, boolean mayAppend, boolean agreed) {
    static final Finding NOTHING = new Finding(0, "", 0, false, false);
  }

  /** What this process has told, since when, and whether all who trust have heard of it. */
  private record Told(String home, long since, boolean heard, boolean bumped) {
    static final Told NOTHING = new Told("", 0, false, false);
  }

  private record Lease(int number, String token, long until) {
    static final Lease NONE = new Lease(-1, "", 0);
  }

  /** Leave to do something in this epoch at this home, good until something was lost. */
  record Leave(String home, long epoch, int losses) {}

  private final NodeTable table;
  private final InvalidationLog log;
  private final LogReader reader;
  private final Supplier<String> tokens;
  private final LongSupplier nanos;
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger callsForSilence = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Lease lease = Lease.NONE;
  private volatile Finding finding = Finding.NOTHING;
  private volatile Told told = Told.NOTHING;
  private volatile boolean trusted;
  private long epoch;

  /**
   * @param tokens gives a new name at each call, by which a lease is known to be ours
   * @param nanos the monotonic clock
   */
  Node(
      NodeTable table,
      InvalidationLog log,
      LogReader reader,
      Supplier<String> tokens,
      LongSupplier nanos) {
    this.table = table;
    this.log = log;
    this.reader = reader;
    this.tokens = tokens;
    this.nanos = nanos;
  }

  /**
   * This process's number, for ids.
   *
   * @throws UnavailableException while it has none, because the database was away for long
   */
  public int number() {
    Lease held = lease;
    if (!lasts(held)) {
      throw new UnavailableException("this process has lost its number and takes another one");
    }
    return held.number();
  }

  /** Whether near caches are exact for all who have caught up. */
  boolean isTrusted() {
    return trusted && isFresh(finding);
  }

  /** Leave to use the shared cache, which stands while the answer stays the same. */
  Optional<Leave> mayShare() {
    return trusted ? mayAppend() : Optional.empty();
  }

  Optional<Leave> mayAppend() {
    int lossesBefore = losses.get();
    Finding found = finding;
    return found.mayAppend() && isFresh(found) && lasts(lease)
        ? Optional.of(new Leave(found.home(), found.epoch(), lossesBefore))
        : Optional.empty();
  }

  /** Whether what was done with this leave reached everyone who trusts. */
  boolean holds(Leave leave) {
    return mayAppend().filter(leave::equals).isPresent();
  }

  /** Whether nobody trusts anything, nor will before we speak again. */
  boolean isSilent() {
    Told now = told;
    return now.home().isEmpty() && now.bumped() && (now.heard() || isLongAgo(now)) && lasts(lease);
  }

  /** From here to {@link #endCall} the node tells that it sees no log. */
  void callForSilence() {
    callsForSilence.incrementAndGet();
  }

  void endCall() {
    callsForSilence.decrementAndGet();
  }

  /** The log or something shared was lost, or did not answer: nothing is trusted until a beat. */
  void lose() {
    lock.lock();
    try {
      losses.incrementAndGet();
      trusted = false;
      finding = Finding.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the log was seen when it was last looked for: whoever reads then looks at it. */
  boolean seesLog() {
    return !told.home().isEmpty();
  }

  /** One heartbeat; throws what the database throws. */
  public void beat() {
    long began = nanos.getAsLong();
    int lossesBefore = losses.get();
    String home = mustBeSilent() ? "" : log.home().orElse("");
    if (!home.equals(told.home())) {
      // Before anybody hears of it: what we told no longer holds.
      find(Finding.NOTHING, false, losses.get());
      told = new Told(told.home(), 0, false, false);
    }
    boolean bump = callsForSilence.get() > 0 && !told.bumped();
    Finding found = judge(began, home, exchange(began, home, bump));
    find(found, found.agreed() && found.mayAppend() && canFollow(found), lossesBefore);
  }

  private boolean canFollow(Finding found) {
    try {
      reader.follow(found.epoch());
      return true;
    } catch (RuntimeException e) {
      LOG.warn("the log of invalidations does not answer: {}", e.toString());
      return false;
    }
  }

  /** Goes by what was found, unless something was lost while we looked. */
  private void find(Finding found, boolean trust, int lossesBefore) {
    lock.lock();
    try {
      boolean valid = losses.get() == lossesBefore;
      finding = valid ? found : Finding.NOTHING;
      trusted = valid && trust;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the number back. */
  public void leave() {
    Lease held = lease;
    lease = Lease.NONE;
    lose();
    if (held.number() >= 0) {
      table.giveBack(held.number(), held.token());
    }
  }

  /** While somebody waits for it, and until all have heard of one that has begun. */
  private boolean mustBeSilent() {
    if (callsForSilence.get() > 0) {
      return true;
    }
    return told.bumped() && told.home().isEmpty() && !told.heard() && !isLongAgo(told);
  }

  private View exchange(long began, String home, boolean bump) {
    View view = null;
    for (int round = 0; round < ROUNDS; round++) {
      tell(began, home, bump && round == 0);
      view = table.view();
      hear(view);
      boolean news = view.epoch() != epoch;
      if (news) {
        // Before anybody hears that we know: what is shared in the former epoch is left behind.
        find(Finding.NOTHING, false, losses.get());
        epoch = view.epoch();
      }
      if (!home.isEmpty() && isAgreed(view, home) && !view.home().equals(home)) {
        if (table.hasStrays(home)) {
          leaveBehind(home);
          break;
        }
        table.adopt(home);
        news = true;
      }
      if (!news) {
        break;
      }
    }
    return Objects.requireNonNull(view);
  }

  /**
   * Somebody who is gone wrote to another home last, while others used this one already: feeds were
   * built here that lack those writes. Who comes here by themselves begins anew; they no longer
   * can.
   */
  private void leaveBehind(String home) {
    LOG.info("a process that is gone wrote elsewhere last: all that is in Redis is made anew");
    try {
      log.renew();
    } catch (RuntimeException e) {
      LOG.warn("Redis could not be made anew, the next heartbeat tries again: {}", e.toString());
      return;
    }
    table.forgetStrays(home);
  }

  private void tell(long began, String home, boolean bump) {
    if (!lasts(lease)) {
      takeNumber(began);
    }
    Lease held = lease;
    if (!table.report(held.number(), held.token(), home, epoch, bump)) {
      LOG.warn("number {} was taken by another process", held.number());
      takeNumber(began);
      held = lease;
      table.report(held.number(), held.token(), home, epoch, bump);
    }
    lease = new Lease(held.number(), held.token(), leaseEnd(began));
    Told before = told;
    boolean same = before.home().equals(home) && before.since() != 0;
    told =
        new Told(
            home,
            same ? before.since() : nanos.getAsLong(),
            same && before.heard(),
            bump || (same && before.bumped()));
  }

  private void takeNumber(long began) {
    lease = Lease.NONE;
    told = Told.NOTHING;
    find(Finding.NOTHING, false, losses.get());
    String token = tokens.get();
    OptionalInt number = table.take(token);
    if (number.isEmpty()) {
      throw new UnavailableException("all numbers of processes are taken");
    }
    lease = new Lease(number.getAsInt(), token, leaseEnd(began));
    LOG.info("this process has number {}", number.getAsInt());
  }

  private static long leaseEnd(long began) {
    return began + LEASE.minus(LEASE_MARGIN).toNanos();
  }

  /** Whoever tells the same, or nothing, trusts nothing else from here on. */
  private void hear(View view) {
    Told now = told;
    boolean alone =
        others(view).stream()
            .allMatch(row -> row.home().isEmpty() || row.home().equals(now.home()));
    if (!now.heard() && (alone || isLongAgo(now))) {
      told = new Told(now.home(), now.since(), true, now.bumped());
    }
  }

  private List<NodeTable.Row> others(View view) {
    int self = lease.number();
    return view.live().stream().filter(row -> row.number() != self).toList();
  }

  private static boolean isAgreed(View view, String home) {
    return view.live().stream().allMatch(row -> row.home().equals(home));
  }

  private Finding judge(long began, String home, View view) {
    boolean known =
        view.epochMillis() >= SILENCE.toMillis()
            || view.live().stream().allMatch(row -> row.epoch() == view.epoch());
    boolean ofThisEpoch = !home.isEmpty() && view.home().equals(home) && view.epoch() == epoch;
    return new Finding(
        began,
        home,
        view.epoch(),
        ofThisEpoch && known && told.heard(),
        ofThisEpoch && known && isAgreed(view, home));
  }

  private boolean isLongAgo(Told since) {
    return since.since() != 0 && nanos.getAsLong() - since.since() >= SILENCE.toNanos();
  }

  private boolean isFresh(Finding found) {
    return isBefore(found.began() + TRUST.toNanos());
  }

  private boolean lasts(Lease held) {
    return held.number() >= 0 && isBefore(held.until());
  }

  private boolean isBefore(long until) {
    return until - nanos.getAsLong() > 0;
  }
}
