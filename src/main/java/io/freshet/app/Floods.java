package io.freshet.app;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.LimitSettings;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.web.limits.Addresses;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.limits.SharedUses;
import io.freshet.web.limits.redis.RedisUses;

/** The limits that the settings ask for, with the clockwork that nodes need to share them. */
final class Floods implements AutoCloseable {
  private final Closing closing = new Closing();
  private final RateLimits limits;
  private final Connections connections;

  private Floods(Core core, Metrics metrics) {
    FreshetConfig.Http http = core.config.http();
    LimitSettings settings = core.config.limits();
    Addresses addresses = new Addresses(http.trustedProxies(), http.forwardedHeader());
    this.limits =
        new RateLimits(settings, addresses, core.clock, core.redis.<SharedUses>map(RedisUses::new));
    this.connections =
        settings.isEnabled()
            ? Connections.atMost(settings.connections(), addresses)
            : Connections.unlimited();
    metrics.count("freshet_limits_refused", "Requests refused for their number", limits::refused);
    metrics.count(
        "freshet_limits_connections_refused",
        "Connections refused for their number",
        connections::refused);
    if (core.redis.isPresent()) {
      closing.add(Loop.start("limits", RateLimits.EXCHANGE, this::exchange));
    }
  }

  static Floods start(Core core, Metrics metrics) {
    return new Floods(core, metrics);
  }

  private boolean exchange() {
    limits.exchange();
    return false;
  }

  RateLimits limits() {
    return limits;
  }

  Connections connections() {
    return connections;
  }

  @Override
  public void close() {
    closing.close();
  }
}
