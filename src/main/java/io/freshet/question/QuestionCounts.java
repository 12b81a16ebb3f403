package io.freshet.question;

/**
 * The numbers of a question.
 *
 * @param score votes for it less votes against it
 * @param views how often it was looked at by others than its author, about
 * @param version rises with each change of score and answers
 */
public record QuestionCounts(int score, int answers, long views, long version) {}
