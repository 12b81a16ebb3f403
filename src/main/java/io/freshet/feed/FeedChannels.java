package io.freshet.feed;

import io.freshet.graph.Celebrities;
import io.freshet.graph.Viewer;
import io.freshet.graph.Viewers;
import io.freshet.live.ChannelName;
import io.freshet.platform.Invalidations;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The live channels that tell of a reader's feed: a personal one, and one for each celebrity among
 * the authors whose posts the reader sees, for their posts are not fanned out. Thread-safe.
 */
public final class FeedChannels {
  private final Viewers viewers;
  private final Celebrities celebrities;
  private final Invalidations invalidations;
  private final InstantSource clock;

  public FeedChannels(
      Viewers viewers, Celebrities celebrities, Invalidations invalidations, InstantSource clock) {
    this.viewers = viewers;
    this.celebrities = celebrities;
    this.invalidations = invalidations;
    this.clock = clock;
  }

  /**
   * @param user an account's id; anybody else has no feed
   */
  public List<String> of(String user) {
    OptionalLong id = account(user);
    if (id.isEmpty()) {
      return List.of();
    }
    long account = id.getAsLong();
    invalidations.catchUp();
    Viewer viewer = viewers.get(account);
    List<String> channels = new ArrayList<>(1);
    channels.add(ChannelName.personal(account));
    for (long author : celebrities.among(viewer.seenFollowees(clock.instant()))) {
      channels.add(ChannelName.author(author));
    }
    return channels;
  }

  private static OptionalLong account(String user) {
    try {
      return OptionalLong.of(Long.parseLong(user));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
