package io.freshet.live;

import java.util.List;

/**
 * What the rest of Freshet knows of those who connect. Asked at each connect and subscribe, and
 * again whenever it may have changed. Thread-safe.
 */
@FunctionalInterface
public interface Readers {

  /** The channels that the server subscribes a user's connections to. */
  List<String> channels(String user);

  /**
   * Whether who connected may stay.
   *
   * @param user empty for someone without a name
   * @param login the session that the connection's token was made for; empty for none
   */
  default boolean mayStay(String user, String login) {
    return true;
  }

  /** Whether this user may hear what is told on a channel that is open to others. */
  default boolean mayHear(String user, ChannelName channel) {
    return true;
  }
}
