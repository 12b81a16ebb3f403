package io.freshet.live;

import io.freshet.live.protocol.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams: for each channel with history its newest publications and its position. The one
 * authority for offsets, whichever node publishes. A stream that is lost or forgotten begins again
 * with a new epoch, so old offsets are never trusted. Thread-safe.
 */
public interface Streams {
  /** How long an idempotency key is remembered. */
  Duration KEY_AGE = Duration.ofMinutes(5);

  /** Keys that a stream remembers of batches: whoever tries again does so before so many more. */
  int KEYS_KEPT = 16;

  /**
   * @param position after the append, or after the first one with this key
   * @param isRepeated whether the key was used before, so that nothing was appended
   */
  record Appended(Position position, boolean isRepeated) {}

  /**
   * @param publications oldest first unless asked otherwise
   * @param top where the stream stands
   */
  record History(List<Publication> publications, Position top) {}

  /**
   * Appends a publication (its own offset is overlooked) and begins the stream if there is none.
   *
   * @param key of {@link #KEY_AGE}, per channel; empty for none
   */
  Appended append(String channel, Publication publication, Keeping keeping, String key);

  /** Those of these channels that have a stream: somebody listens, or did so not long ago. */
  Set<String> kept(List<String> channels);

  /**
   * Appends to those of these channels that have a stream, so that what nobody listens to costs
   * nothing; begins none. Where the key was used before, nothing is appended.
   *
   * @param key of {@link #KEYS_KEPT} keys that each stream remembers, so that who tries again may
   *     come with more channels or fewer; empty for none
   * @return the place of the publication in each of the streams that exist, by channel
   */
  Map<String, Position> appendWhereKept(
      List<String> channels, Publication publication, Keeping keeping, String key);

  /**
   * What a channel's stream holds, with offsets.
   *
   * @param after publications with a greater offset, when reading forwards; with a lesser one, when
   *     {@code isReverse} and not 0
   * @param limit at most so many; 0 asks for the position only; negative for all
   */
  History read(String channel, Keeping keeping, long after, int limit, boolean isReverse);

  /** Where the streams stand, each begun if there is none and kept from ageing. */
  Map<String, Position> touch(List<String> channels, Keeping keeping);

  /** Forgets the publications; the position stays. */
  void remove(String channel);
}
