package io.freshet.post;

/**
 * The comment that a request made; {@code replayed} if an earlier request with the same key had
 * made it.
 */
public record Commented(Comment comment, boolean replayed) {}
