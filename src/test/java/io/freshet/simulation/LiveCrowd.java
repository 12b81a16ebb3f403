package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The readers of a simulation who follow their feeds live, and the steps of all that serves them.
 */
final class LiveCrowd {
  /** The steps after which readers who do not come to rest never will. */
  private static final int STEPS_MAX = 100_000;

  private final SimLive live;
  private final Supplier<SimProcess> process;
  private final Truth truth;
  private final Random random;
  private final Hazards hazards;
  private final List<LiveReader> readers = new ArrayList<>();

  LiveCrowd(
      SimLive live, Supplier<SimProcess> process, Truth truth, Random random, Hazards hazards) {
    this.live = live;
    this.process = process;
    this.truth = truth;
    this.random = random;
    this.hazards = hazards;
  }

  void add(LiveReader reader) {
    readers.add(reader);
  }

  void connect(long viewer) {
    readers.get((int) viewer - 1).open();
  }

  void cut(long viewer) {
    readers.get((int) viewer - 1).cut();
  }

  void loseStreams() {
    if (live.isLossy) {
      live.streams.lose();
    }
  }

  void look() {
    if (!hazards.on(Hazard.LAST_MESSAGE_LOST)) {
      process.get().live().tick();
      process.get().live().look();
    }
  }

  /** The process has died; now and then the streams with it. */
  void crash() {
    readers.forEach(LiveReader::crash);
    if (random.nextInt(4) == 0) {
      live.streams.lose();
    }
  }

  /** What is to be gone on with, if anything: writing, a message under way, or a reader. */
  Optional<Runnable> next() {
    List<Runnable> choices = new ArrayList<>();
    if (live.isWriting()) {
      choices.add(live::write);
    }
    if (!live.broker().isIdle()) {
      choices.add(() -> live.broker().next().run());
    }
    readers.stream().filter(LiveReader::hasWork).forEach(reader -> choices.add(reader::work));
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.get(random.nextInt(choices.size())));
  }

  /**
   * G7, with nothing left to do. Where nothing was lost on the way, the screens are right before
   * anybody looks for what was.
   */
  void atRest() {
    drain();
    if (!live.isLossy) {
      readers.stream()
          .filter(reader -> !reader.hasMuteEnded() && !reader.mayLackChannels())
          .forEach(this::check);
    }
    look();
    drain();
    readers.stream().filter(LiveReader::hasMuteEnded).forEach(LiveReader::reload);
    drain();
    readers.forEach(this::check);
  }

  private void check(LiveReader reader) {
    if (reader.isConnected()) {
      reader.check(truth);
    }
  }

  private void drain() {
    Optional<Runnable> next = next();
    for (int steps = 0; next.isPresent(); steps++) {
      if (steps > STEPS_MAX) {
        throw new AssertionError("G7: the live readers do not come to rest");
      }
      next.get().run();
      next = next();
    }
  }
}
