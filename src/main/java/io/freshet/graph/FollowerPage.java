package io.freshet.graph;

/**
 * Followers of one author in ascending order, and the author's {@code unfollows} as of the same
 * moment: if it has grown later, some of these edges may be gone.
 */
public record FollowerPage(long[] followers, long unfollows) {}
