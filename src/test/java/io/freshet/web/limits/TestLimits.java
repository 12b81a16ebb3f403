package io.freshet.web.limits;

import io.freshet.platform.ForwardedHeader;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.LimitSettings;
import io.freshet.platform.Network;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Limits for tests. */
public final class TestLimits {
  /** Where the tests' own requests come from. */
  public static final List<Network> LOOPBACK = Network.list("", "127.0.0.0/8, ::1");

  /** Everybody comes from where they are connected. */
  public static final Addresses NO_PROXY =
      new Addresses(List.of(), ForwardedHeader.X_FORWARDED_FOR);

  private TestLimits() {}

  /** Nobody is limited. */
  public static RateLimits none() {
    return of(Map.of("enabled", "false"), List.of());
  }

  /**
   * The usual ones but for these.
   *
   * @param trusted proxies
   */
  public static RateLimits of(Map<String, String> changes, List<Network> trusted) {
    return of(changes, trusted, Optional.empty());
  }

  /** The same, with other nodes. */
  public static RateLimits sharing(
      Map<String, String> changes, List<Network> trusted, SharedUses shared) {
    return of(changes, trusted, Optional.of(shared));
  }

  private static RateLimits of(
      Map<String, String> changes, List<Network> trusted, Optional<SharedUses> shared) {
    return new RateLimits(
        settings(changes),
        new Addresses(trusted, ForwardedHeader.X_FORWARDED_FOR),
        InstantSource.system(),
        shared);
  }

  /** Operations that are limited otherwise than all others. */
  public static Set<String> namedOperations() {
    Set<String> all = new TreeSet<>(Actions.FREE);
    all.addAll(Actions.OWN.keySet());
    return all;
  }

  static LimitSettings settings(Map<String, String> changes) {
    Map<String, String> defaults = new HashMap<>();
    changes.forEach((key, value) -> defaults.put("limits." + key, value));
    return FreshetConfig.load(Map.of(), defaults).limits();
  }
}
