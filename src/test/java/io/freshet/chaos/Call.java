package io.freshet.chaos;

import java.util.List;
import java.util.Optional;

/**
 * One request and what came of it, on the clock of the run.
 *
 * @param number in the order of their beginnings
 * @param node whom it was asked of
 * @param start nanoseconds since the run began, taken before the request was sent
 * @param end the same, taken after the answer had been read or had failed to come
 */
record Call(int number, String node, Act act, long start, long end, Answer answer) {

  /**
   * A post as a page shows it.
   *
   * @param text of the original, if it is a share
   * @param original what a share shows; 0 for a post
   * @param originalAuthor who wrote that
   * @param liked whether it says that the caller likes it
   */
  record Shown(
      long post,
      long author,
      String text,
      long original,
      long originalAuthor,
      int likes,
      int comments,
      Optional<Boolean> liked) {
    Shown(long post, long author, String text) {
      this(post, author, text, 0, 0);
    }

    Shown(long post, long author, String text, long original, long originalAuthor) {
      this(post, author, text, original, originalAuthor, 0, 0, Optional.empty());
    }

    boolean isShare() {
      return original != 0;
    }

    /** What is shown: nothing is twice on a page. */
    long content() {
      return isShare() ? original : post;
    }
  }

  /** What the server said. */
  sealed interface Answer {
    /** Done; a read shows posts, and a publish the one it has made. */
    record Done(List<Shown> posts, boolean more) implements Answer {}

    /** Refused for good, with this status: nothing has happened. */
    record Refused(int status, String body) implements Answer {}

    /** A 5xx: it may have happened. */
    record Failed(int status, boolean retryAfter, String body) implements Answer {}

    /** No answer: it may have happened, or may still happen if {@code timedOut}. */
    record None(boolean timedOut, String why) implements Answer {}
  }

  boolean isDone() {
    return answer instanceof Answer.Done;
  }

  @Override
  public String toString() {
    return "%5d  %8.3f to %8.3f s  %-8s %s -> %s"
        .formatted(number, start / 1e9, end / 1e9, node, act, shortened(answer.toString()));
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
