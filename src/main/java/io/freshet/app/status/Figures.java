package io.freshet.app.status;

import static io.freshet.app.status.Figure.Kind.GROWTH;
import static io.freshet.app.status.Figure.Kind.LEVEL;
import static io.freshet.app.status.Figure.Kind.MEAN;
import static io.freshet.app.status.Figure.Kind.SHARE;
import static io.freshet.app.status.Figure.Kind.SPEED;
import static io.freshet.app.status.Figure.Merge.LEAST;
import static io.freshet.app.status.Figure.Merge.MOST;
import static io.freshet.app.status.Figure.Merge.SUM;
import static io.freshet.app.status.Figure.Merge.WEIGHTED;
import static io.freshet.web.api.StatusView.Unit.COUNT;
import static io.freshet.web.api.StatusView.Unit.FLAG;
import static io.freshet.web.api.StatusView.Unit.PER_SECOND;
import static io.freshet.web.api.StatusView.Unit.RATIO;
import static io.freshet.web.api.StatusView.Unit.SECONDS;

import io.freshet.app.status.Figure.Kind;
import io.freshet.app.status.Figure.Merge;
import io.freshet.web.api.StatusView.Unit;
import java.util.List;

/** The figures of the status, as a table over docs/metrics.md. */
final class Figures {
  static final List<Figure> ALL =
      List.of(
          figure("requests", PER_SECOND, "freshet_http_request", SPEED, SUM),
          figure("answerTime", SECONDS, "freshet_http_request", MEAN, WEIGHTED),
          figure("faults", PER_SECOND, "freshet_http_problems", SPEED, SUM, "kind", "internal"),
          figure("fanoutLag", SECONDS, "freshet_fanout_lag", MEAN, WEIGHTED),
          // Whoever looks at the outbox, the queue, Redis or the mails sees the same as the others.
          figure("outboxWaiting", COUNT, "freshet_outbox_waiting", LEVEL, MOST),
          figure("outboxOldest", SECONDS, "freshet_outbox_oldest_seconds", LEVEL, MOST),
          figure("queueWaiting", COUNT, "freshet_queue_waiting", LEVEL, MOST),
          figure("queueParked", COUNT, "freshet_queue_parked", LEVEL, MOST),
          figure("cacheHits", RATIO, "freshet_near_cache_reads", SHARE, WEIGHTED, "result", "hit"),
          figure("feedsStored", COUNT, "freshet_feeds_stored", LEVEL, MOST),
          figure("redisKeys", COUNT, "freshet_redis_keys", LEVEL, MOST),
          figure("cachesTrusted", FLAG, "freshet_near_caches_trusted", LEVEL, LEAST),
          figure("feedsCompared", COUNT, "freshet_verification_feeds", GROWTH, SUM),
          figure("feedsDiverged", COUNT, "freshet_verification_diverged", GROWTH, SUM),
          figure("feedsRepaired", COUNT, "freshet_verification_repaired", GROWTH, SUM),
          figure("liveConnections", COUNT, "freshet_live_connections", LEVEL, SUM),
          figure("liveReady", FLAG, "freshet_live_ready", LEVEL, LEAST),
          figure("mailWaiting", COUNT, "freshet_mail_waiting", LEVEL, MOST),
          figure(
              "databaseConnections",
              COUNT,
              "freshet_database_connections",
              LEVEL,
              SUM,
              "state",
              "active"),
          figure("replicaLag", SECONDS, "freshet_replica_lag_seconds", LEVEL, MOST));

  private Figures() {}

  private static Figure figure(
      String name, Unit unit, String meter, Kind kind, Merge merge, String... tags) {
    return new Figure(name, unit, meter, tags, kind, merge);
  }
}
