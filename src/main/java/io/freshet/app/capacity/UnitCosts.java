package io.freshet.app.capacity;

import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What one unit of work takes, as measured by the benchmarks: the resource {@code
 * capacity/unit-costs.json}, or a file of the same form that was measured elsewhere ({@code
 * bench/unit-costs --json}).
 *
 * @param machine the one that was measured
 */
public record UnitCosts(String date, String machine, List<Cost> costs) {
  private static final String RESOURCE = "/capacity/unit-costs.json";

  /**
   * One measured cost.
   *
   * @param name what it is a cost of: server, dot, unit of work
   * @param unit {@code us} of one core, or {@code bytes}
   * @param source the command that measured it
   */
  public record Cost(String name, double value, String unit, String what, String source) {}

  /** Those that come with Freshet. */
  public static UnitCosts builtIn() {
    try (InputStream in =
        Objects.requireNonNull(UnitCosts.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return Json.read(in.readAllBytes(), UnitCosts.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of the cost with this name. */
  public double of(String name) {
    return costs.stream()
        .filter(cost -> cost.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new OperatorException("The unit costs lack \"" + name + "\"."))
        .value();
  }
}
