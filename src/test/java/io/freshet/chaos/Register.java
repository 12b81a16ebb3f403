package io.freshet.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was written to a fact, and so what it may have been at a moment. Writes take effect at some
 * instant between their start and their end; those without an answer may have none.
 */
final class Register {
  /**
   * @param certain acknowledged
   */
  private record Write(Object value, long start, long end, boolean certain) {}

  private final List<Write> writes = new ArrayList<>();

  Register(Object before) {
    writes.add(new Write(before, Long.MIN_VALUE, Long.MIN_VALUE, true));
  }

  void acknowledged(Object value, long start, long end) {
    writes.add(new Write(value, start, end, true));
  }

  void unanswered(Object value, long start, long effectBefore) {
    writes.add(new Write(value, start, effectBefore, false));
  }

  /** The values it may have had at some moment of this span. */
  Set<Object> possible(long from, long to) {
    Set<Object> values = new HashSet<>();
    for (Write write : writes) {
      if (write.start() <= to && !isOverwritten(write, from)) {
        values.add(write.value());
      }
    }
    return values;
  }

  /** Whether another write was begun after this one had ended, and acknowledged in time. */
  private boolean isOverwritten(Write write, long before) {
    return writes.stream()
        .anyMatch(later -> later.certain() && later.start() > write.end() && later.end() < before);
  }
}
