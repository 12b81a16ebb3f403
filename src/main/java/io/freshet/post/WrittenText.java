package io.freshet.post;

import io.freshet.post.PostException.Problem;

/** What a text that people write must be. */
final class WrittenText {
  private WrittenText() {}

  /**
   * The text without the white space around it.
   *
   * @param what of which it is the text: "a post"
   * @throws PostException INVALID if it is empty or longer than {@link Posts#MAX_LENGTH}
   */
  static String valid(String what, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw invalid(what + " needs a text");
    }
    int length = stripped.codePointCount(0, stripped.length());
    if (length > Posts.MAX_LENGTH) {
      throw invalid(
          what + " has at most " + Posts.MAX_LENGTH + " characters, this one has " + length);
    }
    if (stripped.indexOf('\0') >= 0) {
      throw invalid(what + " holds no NUL characters");
    }
    return stripped;
  }

  private static PostException invalid(String message) {
    return new PostException(Problem.INVALID, "text", message);
  }
}
