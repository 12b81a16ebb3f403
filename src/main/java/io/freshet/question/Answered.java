package io.freshet.question;

/**
 * The answer that a creation made; {@code replayed} if an earlier request with the same key had
 * made it.
 */
public record Answered(Answer answer, boolean replayed) {}
