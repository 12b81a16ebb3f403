package io.freshet.post;

/**
 * The post that a creation made; {@code replayed} if an earlier request with the same key had made
 * it.
 */
public record Published(Post post, boolean replayed) {}
