package io.freshet.simulation;

import java.util.EnumSet;
import java.util.Set;

/** The bugs that are switched on. */
record Hazards(Set<Hazard> active) {
  static Hazards none() {
    return new Hazards(EnumSet.noneOf(Hazard.class));
  }

  static Hazards only(Hazard hazard) {
    return new Hazards(EnumSet.of(hazard));
  }

  boolean on(Hazard hazard) {
    return active.contains(hazard);
  }
}
