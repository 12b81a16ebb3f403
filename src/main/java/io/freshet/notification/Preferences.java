package io.freshet.notification;

import java.util.Set;

/**
 * What somebody wants to be told of, from now on: what they have been told stays.
 *
 * @param unwanted kinds that are not told
 * @param onlyFollowed whether only deeds of people whom they follow are told
 */
public record Preferences(Set<Kind> unwanted, boolean onlyFollowed) {
  /** Of who has not said anything: everything is told. */
  public static final Preferences ALL = new Preferences(Set.of(), false);

  public Preferences {
    unwanted = Set.copyOf(unwanted);
  }

  public boolean wants(Kind kind) {
    return !unwanted.contains(kind);
  }
}
