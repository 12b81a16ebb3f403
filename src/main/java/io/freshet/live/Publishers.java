package io.freshet.live;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Publishes to several. If one fails the whole is tried again, and the keys keep the others from
 * publishing twice.
 */
public record Publishers(List<Publisher> all) implements Publisher {
  @Override
  public void publish(String channel, byte[] json, String key) {
    all.forEach(each -> each.publish(channel, json, key));
  }

  @Override
  public Set<String> listening(List<String> channels) {
    Set<String> listening = new HashSet<>();
    all.forEach(each -> listening.addAll(each.listening(channels)));
    return listening;
  }

  @Override
  public void publishToListeners(List<String> channels, byte[] json, String key) {
    all.forEach(each -> each.publishToListeners(channels, json, key));
  }

  @Override
  public void reconsider(List<String> users, byte[] news) {
    all.forEach(each -> each.reconsider(users, news));
  }
}
