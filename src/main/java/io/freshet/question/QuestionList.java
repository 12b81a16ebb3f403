package io.freshet.question;

import java.util.Locale;
import java.util.Optional;

/**
 * Which questions are listed, in which order.
 *
 * @param tag only those that bear it, newest first
 */
public record QuestionList(Order order, Optional<String> tag) {
  /** Of all questions. */
  public enum Order {
    /** The last asked first. */
    NEW,
    /** By {@link Hot}. */
    HOT,
    /** Those without an answer, the last asked first. */
    UNANSWERED
  }

  public static QuestionList of(Order order) {
    return new QuestionList(order, Optional.empty());
  }

  public static QuestionList tagged(String tag) {
    return new QuestionList(Order.NEW, Optional.of(tag));
  }

  /** As a cursor of the list names it. */
  public String name() {
    return tag.map(word -> "questions-tagged-" + word)
        .orElse("questions-" + order.name().toLowerCase(Locale.ROOT));
  }
}
