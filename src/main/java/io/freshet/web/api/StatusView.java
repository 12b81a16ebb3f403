package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How the processes have done lately, as administrators see it.
 *
 * @param every seconds from point to point
 * @param at the time of the newest points
 */
public record StatusView(int every, Instant at, List<Node> nodes, List<Line> figures) {

  /**
   * A process.
   *
   * @param seenAt when it last measured itself
   */
  public record Node(
      String name, List<String> roles, String version, Instant startedAt, Instant seenAt) {}

  /**
   * A figure in the last half hour.
   *
   * @param points the newest last
   */
  public record Line(String name, Unit unit, List<Point> points) {}

  /** What a figure counts in. */
  public enum Unit {
    @JsonProperty("seconds")
    SECONDS,
    @JsonProperty("count")
    COUNT,
    @JsonProperty("perSecond")
    PER_SECOND,
    @JsonProperty("ratio")
    RATIO,
    /** 1: well; 0: not. */
    @JsonProperty("flag")
    FLAG
  }

  /** A number, or null where nobody measured one. */
  public record Point(OptionalDouble value) {
    @JsonValue
    @Nullable Double json() {
      return value.isPresent() ? value.getAsDouble() : null;
    }
  }
}
