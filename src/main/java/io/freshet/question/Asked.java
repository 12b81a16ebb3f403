package io.freshet.question;

/**
 * The question that a creation made; {@code replayed} if an earlier request with the same key had
 * made it.
 */
public record Asked(Question question, boolean replayed) {}
