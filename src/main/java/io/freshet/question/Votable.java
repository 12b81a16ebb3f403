package io.freshet.question;

import io.freshet.account.AccountId;

/**
 * What people vote on.
 *
 * @param item the id of a question or an answer
 * @param question the question itself, or the answer's
 */
public record Votable(long item, QuestionId question, AccountId author) {}
