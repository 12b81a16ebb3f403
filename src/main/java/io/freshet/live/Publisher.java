package io.freshet.live;

import java.util.List;
import java.util.Set;

/**
 * Where the rest of Freshet publishes its events: our own connections, or a Centrifugo. A failure
 * is thrown, and whoever publishes tries again with the same key. Thread-safe.
 */
public interface Publisher {

  /**
   * @param key what was published once with a key is not published again within {@link
   *     Streams#KEY_AGE}
   */
  void publish(String channel, byte[] json, String key);

  /**
   * Those of these channels that somebody listens to, or did so recently enough to recover; perhaps
   * more.
   */
  Set<String> listening(List<String> channels);

  /**
   * Publishes to those of these channels that somebody listens to, or did so recently enough to
   * recover; the others cost next to nothing.
   *
   * @param channels of one namespace, with history
   */
  void publishToListeners(List<String> channels, byte[] json, String key);

  /**
   * What the server subscribes these users to may have changed: their connections follow.
   *
   * @param news JSON, published on the first of a user's channels after the user has gained one
   */
  void reconsider(List<String> users, byte[] news);

  /** Nobody listens. */
  static Publisher toNobody() {
    return new Publisher() {
      @Override
      public void publish(String channel, byte[] json, String key) {}

      @Override
      public Set<String> listening(List<String> channels) {
        return Set.of();
      }

      @Override
      public void publishToListeners(List<String> channels, byte[] json, String key) {}

      @Override
      public void reconsider(List<String> users, byte[] news) {}
    };
  }
}
