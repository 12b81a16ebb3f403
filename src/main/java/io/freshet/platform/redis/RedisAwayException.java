package io.freshet.platform.redis;

/**
 * Redis, or the part of it that was asked for, cannot be used now. It ends by itself; whether what
 * was asked has been done is not known.
 */
public final class RedisAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RedisAwayException(String sentence) {
    super(sentence);
  }

  public RedisAwayException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
