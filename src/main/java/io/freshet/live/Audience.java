package io.freshet.live;

import java.util.List;

/** What users hear, as those know whose channels these are. Asked by many threads. */
public interface Audience {
  /** The channels that the server subscribes a user's connections to. */
  List<String> channelsOf(String user);

  /**
   * Whether there is such a channel for this user, among those that are open by their namespace:
   * one that never tells anything is not to be kept for whoever thinks up a name.
   *
   * @param user empty for someone without a name
   */
  default boolean mayHear(String user, ChannelName channel) {
    return true;
  }
}
