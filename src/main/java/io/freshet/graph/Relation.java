package io.freshet.graph;

/**
 * What somebody has to do with somebody else, seen from their side alone.
 *
 * @param following whether they follow the other
 * @param muted whether they mute the other now
 */
public record Relation(boolean following, boolean muted) {}
