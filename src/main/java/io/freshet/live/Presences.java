package io.freshet.live;

import io.freshet.live.protocol.ClientInfo;
import java.time.Duration;
import java.util.Map;

/** Who is on which channel, on all nodes, by client id. Thread-safe. */
public interface Presences {
  /** How long one is present without being renewed: the node may have died. */
  Duration AGE = Duration.ofMinutes(1);

  /** Adds or renews, for {@link #AGE}. */
  void add(String channel, ClientInfo info);

  void remove(String channel, String client);

  Map<String, ClientInfo> of(String channel);
}
