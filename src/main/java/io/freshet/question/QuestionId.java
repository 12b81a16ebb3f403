package io.freshet.question;

import io.freshet.post.PostId;

/** Names a question; the same number names its post. */
public record QuestionId(long value) {

  /** The post whose text is the question's title. */
  public PostId post() {
    return new PostId(value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
