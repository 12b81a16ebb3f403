package io.freshet.security;

import io.freshet.web.ApiDescription.Operation;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One thing that can be wrong with a valid call.
 *
 * @param statuses that may answer it; empty for whatever the description knows
 * @param change empty where it does not apply to the operation
 */
record Mutation(String name, Set<Integer> statuses, Change change) {
  /** Makes a call wrong. */
  interface Change {
    Optional<Call> of(Operation operation, Call valid, Random random);
  }

  static Mutation any(String name, Change change) {
    return new Mutation(name, Set.of(), change);
  }

  static Mutation refused(String name, int status, Change change) {
    return new Mutation(name, Set.of(status), change);
  }
}
