package io.freshet.post;

/**
 * A post was written that people are to be told of: it mentions them, or shares a post of theirs.
 * Other posts leave no such event, so they cost notifications nothing.
 */
public record PeopleConcerned(long post) {
  public static final String TOPIC = "people-concerned";
}
