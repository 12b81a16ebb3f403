package io.freshet.live;

import io.freshet.live.protocol.ClientInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is on which channel of a process that works alone, in its heap. */
public final class LocalPresences implements Presences {
  private record Present(ClientInfo info, Instant until) {}

  private final Map<String, Map<String, Present>> channels = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public LocalPresences(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void add(String channel, ClientInfo info) {
    Instant until = clock.instant().plus(AGE);
    channels.compute(
        channel,
        (_, known) -> {
          Map<String, Present> present = known == null ? new HashMap<>(2) : known;
          present.put(info.getClient(), new Present(info, until));
          return present;
        });
  }

  @Override
  public void remove(String channel, String client) {
    channels.computeIfPresent(
        channel,
        (_, present) -> {
          present.remove(client);
          return present.isEmpty() ? null : present;
        });
  }

  @Override
  public Map<String, ClientInfo> of(String channel) {
    Instant now = clock.instant();
    Map<String, ClientInfo> infos = new HashMap<>();
    channels.computeIfPresent(
        channel,
        (_, present) -> {
          present.values().removeIf(one -> !one.until().isAfter(now));
          present.forEach((client, one) -> infos.put(client, one.info()));
          return present.isEmpty() ? null : present;
        });
    return infos;
  }
}
