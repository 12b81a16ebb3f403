package io.freshet.graph;

/** What somebody may see changed: a mute of theirs, or a restriction against them. */
public record SightChanged(long viewer) {
  public static final String TOPIC = "sight-changed";
}
