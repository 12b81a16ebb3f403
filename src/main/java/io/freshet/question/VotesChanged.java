package io.freshet.question;

/**
 * Votes for a question or an answer came or went, which its score is to follow.
 *
 * @param item the question's id or the answer's
 */
public record VotesChanged(long item, long question) {
  public static final String TOPIC = "votes-changed";
}
