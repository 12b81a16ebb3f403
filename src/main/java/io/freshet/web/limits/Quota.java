package io.freshet.web.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is left of one limit for one caller: a bucket of tokens, refilled steadily. In a cluster it
 * keeps count of the uses that the other nodes have not been told of. Thread-safe without locks.
 */
final class Quota {
  final Limit limit;
  final Who who;
  private final Bucket bucket;
  private final AtomicLong untold = new AtomicLong();

  Quota(Limit limit, Who who, Bucket bucket) {
    this.limit = limit;
    this.who = who;
    this.bucket = bucket;
  }

  ConsumptionProbe take() {
    return bucket.tryConsumeAndReturnRemaining(1);
  }

  /** True for the first use since all were told. */
  boolean note() {
    return untold.getAndIncrement() == 0;
  }

  long untold() {
    return untold.get();
  }

  /**
   * So many uses have been told, and this is what was left then by all nodes' uses. True if there
   * are more to tell.
   */
  boolean told(long uses, long left) {
    long since = untold.addAndGet(-uses);
    // Read after `since`: what is taken in between is made good at the next exchange, and nobody
    // loses for good.
    long tooMany = bucket.getAvailableTokens() - (left - since);
    if (tooMany > 0) {
      bucket.consumeIgnoringRateLimits(tooMany);
    }
    return since > 0;
  }

  /** The others will not learn of these: told late they would count as if made at once. */
  boolean giveUp(long uses) {
    return untold.addAndGet(-uses) > 0;
  }
}
