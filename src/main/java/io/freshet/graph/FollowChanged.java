package io.freshet.graph;

/** Somebody began or ceased to follow somebody; which of the two is for the handler to look up. */
public record FollowChanged(long follower, long followee) {
  public static final String TOPIC = "follow-changed";
}
