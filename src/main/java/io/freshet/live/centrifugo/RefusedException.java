package io.freshet.live.centrifugo;

/** What Centrifugo does not do, however often it is asked: its settings and ours do not fit. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RefusedException(String sentence) {
    super(sentence);
  }
}
