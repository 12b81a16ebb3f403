package io.freshet.queue;

import java.util.List;
import java.util.OptionalLong;

/** The tasks that were put aside, for operators. Thread-safe. */
public interface DeadLetters {
  int count();

  /** The oldest, so many at most. */
  List<DeadLetter> list(int limit);

  /** Has one, or all, worked again from its first attempt on; says how many. */
  int retry(OptionalLong id);

  /** Throws one, or all, away for good; says how many. */
  int drop(OptionalLong id);
}
