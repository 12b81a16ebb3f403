package io.freshet.live;

import java.util.Set;

/**
 * How the channels of one namespace behave.
 *
 * @param keeping how much history is kept; a size of 0 means none
 * @param recoversNewestOnly whether recovery gives only the newest publication, whatever was missed
 *     (the recovery mode "cache")
 */
public record Namespace(
    String name, Set<Option> options, Keeping keeping, boolean recoversNewestOnly) {

  public boolean has(Option option) {
    return options.contains(option);
  }

  public boolean hasHistory() {
    return keeping.size() > 0;
  }

  /** Whether subscribers are told where the stream stands, and hear of nothing out of order. */
  boolean isPositioned() {
    return hasHistory() && (has(Option.FORCE_POSITIONING) || isRecoverable());
  }

  boolean isRecoverable() {
    return hasHistory() && has(Option.FORCE_RECOVERY);
  }
}
