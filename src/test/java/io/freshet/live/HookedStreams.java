package io.freshet.live;

import io.freshet.live.protocol.Publication;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Streams of the heap, with something to be done right after the next read. */
final class HookedStreams implements Streams {
  private final LocalStreams streams;
  private Runnable afterRead = () -> {};

  HookedStreams(LocalStreams streams) {
    this.streams = streams;
  }

  void afterNextRead(Runnable action) {
    afterRead = action;
  }

  void sweep() {
    streams.sweep();
  }

  @Override
  public History read(String channel, Keeping keeping, long after, int limit, boolean isReverse) {
    History history = streams.read(channel, keeping, after, limit, isReverse);
    Runnable action = afterRead;
    afterRead = () -> {};
    action.run();
    return history;
  }

  @Override
  public Appended append(String channel, Publication publication, Keeping keeping, String key) {
    return streams.append(channel, publication, keeping, key);
  }

  @Override
  public Set<String> kept(List<String> channels) {
    return streams.kept(channels);
  }

  @Override
  public Map<String, Position> appendWhereKept(
      List<String> channels, Publication publication, Keeping keeping, String key) {
    return streams.appendWhereKept(channels, publication, keeping, key);
  }

  @Override
  public Map<String, Position> touch(List<String> channels, Keeping keeping) {
    return streams.touch(channels, keeping);
  }

  @Override
  public void remove(String channel) {
    streams.remove(channel);
  }
}
