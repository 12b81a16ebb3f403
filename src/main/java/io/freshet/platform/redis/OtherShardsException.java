package io.freshet.platform.redis;

/**
 * Another process has divided the keys into another number of shards; the message says how many.
 */
final class OtherShardsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OtherShardsException(String own, String others) {
    super(
        "redis.shards is "
            + own
            + " here and "
            + others
            + " in the processes that use this Redis: make it the same everywhere, or stop all"
            + " processes, FLUSHALL, and start them anew");
  }
}
