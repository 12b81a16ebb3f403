package io.freshet.live;

/** A refused operation. */
public final class LiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final LiveError error;

  LiveException(LiveError error) {
    super(error.text());
    this.error = error;
  }

  public LiveError error() {
    return error;
  }
}
