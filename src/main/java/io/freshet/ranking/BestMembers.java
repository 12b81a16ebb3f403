package io.freshet.ranking;

import java.time.Instant;
import java.util.List;

/**
 * The people with the greatest sum of votes for what they asked and answered in the last week, the
 * best first, equals by the age of their accounts. More are kept than are shown, for those who are
 * hidden from a reader or have left since.
 */
public record BestMembers(Instant computedAt, List<Member> members) implements Ranking {

  /**
   * @param score the sum, above 0
   */
  public record Member(long account, long score) {}
}
