package io.freshet.post;

/**
 * What a step of counting came to.
 *
 * @param isMoreLeft whether it stopped at its bound rather than at the last row
 */
public record Settled(Counts counts, boolean isMoreLeft) {}
