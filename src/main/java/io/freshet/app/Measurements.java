package io.freshet.app;

import io.freshet.platform.Metrics;

/** What the parts without a thread of their own show of themselves. */
record Measurements(Core core) {

  void show(Metrics metrics) {
    core.database.measure(metrics);
    core.invalidations.measure(metrics);
    core.traces.measure(metrics);
    core.rankings.measure(metrics);
    reads(metrics);
    if (core.replica.isConfigured()) {
      replica(metrics);
    }
    metrics.gauge(
        "freshet_near_caches_trusted",
        "1: near caches are used; 0: all is read from the database",
        () -> core.invalidations.isTrusted() ? 1 : 0);
    if (core.feedStore.size().isPresent()) {
      metrics.gauge(
          "freshet_feeds_stored", "Feeds in the cache", () -> core.feedStore.size().orElse(0));
    }
    metrics.gauge("freshet_celebrities", "Authors whose posts are pulled", core.celebrities::size);
  }

  private void reads(Metrics metrics) {
    metrics.count(
        "freshet_feed_reads_degraded",
        "Feeds read from the database because Redis was away",
        core.databaseReads::done);
    metrics.count(
        "freshet_feed_reads_refused", "Of these, those too many", core.databaseReads::refused);
  }

  private void replica(Metrics metrics) {
    metrics.gauge(
        "freshet_replica_usable", "1: the replica is read", () -> core.replica.isUsable() ? 1 : 0);
    metrics.gauge(
        "freshet_replica_lag_seconds",
        "How far the replica is behind",
        () -> core.replica.lag().map(lag -> lag.toMillis() / 1e3).orElse(Double.NaN));
    metrics.count("freshet_replica_reads", "Reads the replica has answered", core.replica::reads);
  }
}
