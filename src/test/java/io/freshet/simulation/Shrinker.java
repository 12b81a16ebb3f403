package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leaves out operations of a failing scenario as long as it still fails: larger runs first, then
 * one by one (delta debugging).
 */
final class Shrinker {
  private Shrinker() {}

  /** Runs a scenario; what broke, or nothing. */
  static Optional<Throwable> failure(Scenario scenario, Hazards hazards) {
    try {
      new Simulation(scenario, hazards).run();
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e);
    }
  }

  static Scenario shrink(Scenario failing, Hazards hazards) {
    Scenario smallest = failing;
    for (int size = failing.operations().size() / 2; size > 0; size /= 2) {
      boolean shrunk = true;
      while (shrunk) {
        shrunk = false;
        for (int from = 0; from + size <= smallest.operations().size() && !shrunk; from++) {
          List<Operation> fewer = new ArrayList<>(smallest.operations());
          fewer.subList(from, from + size).clear();
          Scenario candidate = smallest.with(fewer);
          if (failure(candidate, hazards).isPresent()) {
            smallest = candidate;
            shrunk = true;
          }
        }
      }
    }
    return smallest;
  }

  /** What a developer needs to see: the seed, the few operations that still fail, and how. */
  static AssertionError report(Scenario failing, Hazards hazards) {
    Scenario small = shrink(failing, hazards);
    StringBuilder text =
        new StringBuilder("seed " + failing.seed() + " breaks a guarantee; shrunk to\n");
    small.operations().forEach(operation -> text.append("  ").append(operation).append('\n'));
    return new AssertionError(text.toString(), failure(small, hazards).orElse(null));
  }
}
