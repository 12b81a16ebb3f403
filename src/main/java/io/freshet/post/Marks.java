package io.freshet.post;

/** The newest posts that an account has liked and those it has shared, by the ids of the posts. */
public record Marks(NewestIds liked, NewestIds shared) {}
