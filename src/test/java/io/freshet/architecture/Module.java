package io.freshet.architecture;

import java.util.Set;

/** A row of the module table: a package, its level, what it is and which modules it may use. */
record Module(int level, String name, String what, Set<String> mayUse) {
  /** May use every module below. */
  static final Set<String> ALL = Set.of("*");

  static final String PLATFORM = "platform";

  boolean permits(String other) {
    return other.equals(name)
        || other.equals(PLATFORM)
        || mayUse.equals(ALL)
        || mayUse.contains(other);
  }

  boolean namesItsUses() {
    return !mayUse.equals(ALL);
  }

  /** The row as it stands in ARCHITECTURE.md. */
  String row() {
    String uses =
        mayUse.equals(ALL) ? "all below" : String.join(", ", mayUse.stream().sorted().toList());
    return "| %d | `%s` | %s | %s |".formatted(level, name, what, uses);
  }
}
