package io.freshet.question;

/**
 * What a list of other things says of a question.
 *
 * @param score votes for it less votes against it
 * @param isAccepted whether an answer is accepted
 */
public record Summary(int score, int answers, boolean isAccepted) {}
