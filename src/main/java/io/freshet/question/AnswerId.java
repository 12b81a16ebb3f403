package io.freshet.question;

/** Names an answer. */
public record AnswerId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
