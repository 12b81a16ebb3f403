package io.freshet.app.status;

import io.freshet.app.status.Sample.Source;
import io.freshet.platform.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.ObjectNode;

/** The table status_sample. */
final class PgSamples {
  private final Jdbi jdbi;

  PgSamples(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Saves one, instead of an earlier of its slot, and deletes those of before, whose ever. */
  void save(Sample sample, Instant before) {
    Source source = sample.source();
    jdbi.useHandle(handle -> {
      handle.execute("DELETE FROM status_sample WHERE taken_at < ?", utc(before));
      handle.execute(
          """
          INSERT INTO status_sample (process, slot, taken_at, node, roles, version, started_at, figures)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT (process, slot) DO UPDATE
          SET taken_at = EXCLUDED.taken_at, node = EXCLUDED.node, figures = EXCLUDED.figures
          """,
          source.id(),
          Slots.of(sample.at()),
          utc(sample.at()),
          source.name(),
          String.join(",", source.roles()),
          source.version(),
          utc(source.startedAt()),
          json(sample.readings()));
    });
  }

  /** Since then, the oldest first. */
  List<Sample> since(Instant begin) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM status_sample WHERE taken_at >= ? ORDER BY taken_at")
            .bind(0, utc(begin))
            .map((row, context) -> sample(row))
            .list());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String json(Map<String, Reading> readings) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    readings.forEach(
        (name, reading) -> json.putArray(name).add(reading.value()).add(reading.weight()));
    return Json.MAPPER.writeValueAsString(json);
  }

  private static Sample sample(ResultSet row) throws SQLException {
    Map<String, Reading> readings = new HashMap<>();
    Json.MAPPER
        .readTree(row.getString("figures"))
        .forEachEntry((name, pair) ->
            readings.put(name, new Reading(pair.path(0).asDouble(), pair.path(1).asDouble())));
    Source source =
        new Source(
            row.getLong("process"),
            row.getString("node"),
            List.of(row.getString("roles").split(",")),
            row.getString("version"),
            instant(row, "started_at"));
    return new Sample(source, instant(row, "taken_at"), readings);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
