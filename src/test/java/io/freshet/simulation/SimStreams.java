package io.freshet.simulation;

import io.freshet.live.Keeping;
import io.freshet.live.LocalStreams;
import io.freshet.live.Position;
import io.freshet.live.Streams;
import io.freshet.live.protocol.Publication;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The streams, which outlive a process and may be lost; with pauses, and with their bugs. */
final class SimStreams implements Streams {
  private static final StackWalker STACK = StackWalker.getInstance();

  /** Frames between a read and the channel that asks for it under its lock. */
  private static final int NEAR = 4;

  private final InstantSource clock;
  private final RandomGenerator epochs;
  private final Hazards hazards;
  private final Runnable pause;

  /** Keys and channels of what was begun, under hazard. */
  private final Set<String> begun = new HashSet<>();

  private LocalStreams streams;

  SimStreams(InstantSource clock, Random random, Hazards hazards, Runnable pause) {
    this.clock = clock;
    this.epochs = hazards.on(Hazard.EPOCH_IGNORED) ? () -> 0 : random;
    this.hazards = hazards;
    this.pause = pause;
    this.streams = new LocalStreams(clock, epochs);
  }

  /** As when Redis begins anew, empty. */
  void lose() {
    streams = new LocalStreams(clock, epochs);
  }

  @Override
  public Appended append(String channel, Publication publication, Keeping keeping, String key) {
    pause.run();
    Appended appended = streams.append(channel, publication, keeping, key);
    pause.run();
    return appended;
  }

  @Override
  public Set<String> kept(List<String> channels) {
    pause.run();
    Set<String> kept = streams.kept(channels);
    pause.run();
    return kept;
  }

  @Override
  public Map<String, Position> appendWhereKept(
      List<String> channels, Publication publication, Keeping keeping, String key) {
    if (hazards.on(Hazard.EVENT_LOST_ON_REDELIVERY)
        && !key.isEmpty()
        && !begun.add(key + channels)) {
      return Map.of();
    }
    pause.run();
    Map<String, Position> positions = streams.appendWhereKept(channels, publication, keeping, key);
    pause.run();
    return positions;
  }

  @Override
  public History read(String channel, Keeping keeping, long after, int limit, boolean isReverse) {
    if (isUnderLock(limit)) {
      History history = streams.read(channel, keeping, after, limit, isReverse);
      return limit < 0 && hazards.on(Hazard.GAP_PASSED_OVER) ? blank(history) : history;
    }
    pause.run();
    History history = streams.read(channel, keeping, after, limit, isReverse);
    pause.run();
    return history;
  }

  /** A channel fills gaps with all there is, and asks for the position, while it holds its lock. */
  private static boolean isUnderLock(int limit) {
    return limit < 0
        || STACK.walk(frames ->
            frames.limit(NEAR).anyMatch(frame -> frame.getClassName().endsWith(".live.Channel")));
  }

  /** What the reader's transport then leaves out. */
  private static History blank(History history) {
    return new History(
        history.publications().stream()
            .map(publication -> publication.toBuilder().clearData().build())
            .toList(),
        history.top());
  }

  @Override
  public Map<String, Position> touch(List<String> channels, Keeping keeping) {
    pause.run();
    Map<String, Position> positions = streams.touch(channels, keeping);
    pause.run();
    return positions;
  }

  @Override
  public void remove(String channel) {
    streams.remove(channel);
  }
}
