package io.freshet.queue.rabbit;

import io.freshet.platform.Outage;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what becomes of a task that failed: another attempt after a delay, or the parking lot. An
 * outage of what the task needs is not its fault and is no attempt. Thread-safe if the random
 * generator is.
 */
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  /** An outage ends at any moment, and nobody shall wait for long after that. */
  private static final Duration LONGEST_OUTAGE_PAUSE = Duration.ofSeconds(5);

  /** Where the message goes next; without a delay, to the parking lot. */
  record Next(String exchange, boolean parks, RabbitMessage message) {}

  private final RetryPolicy policy;
  private final List<Duration> delays;
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * @param delays those there are, shortest first
   */
  Retries(RetryPolicy policy, List<Duration> delays, RandomGenerator random, InstantSource clock) {
    this.policy = policy;
    this.delays = delays;
    this.random = random;
    this.clock = clock;
  }

  Next after(RabbitMessage message, Throwable cause) {
    if (Outage.causes(cause) || QueueAwayException.in(cause).isPresent()) {
      LOG.debug("{} waits for the end of an outage", message.task().topic(), cause);
      RabbitMessage waiting = message.metOutage();
      Duration pause = policy.pauseAfter(waiting.outages());
      return delayed(
          waiting, pause.compareTo(LONGEST_OUTAGE_PAUSE) < 0 ? pause : LONGEST_OUTAGE_PAUSE);
    }
    RabbitMessage failed = message.failed(cause, clock.instant());
    if (failed.attempts() >= policy.attempts()) {
      LOG.error(
          "dead letter {}: {} failed {} times",
          failed.id(),
          failed.task().topic(),
          failed.attempts(),
          cause);
      return new Next(Topology.DEFAULT_EXCHANGE, true, failed);
    }
    LOG.warn(
        "{} failed (attempt {} of {}): {}",
        failed.task().topic(),
        failed.attempts(),
        policy.attempts(),
        cause.toString());
    return delayed(failed, policy.pauseAfter(failed.attempts()));
  }

  private Next delayed(RabbitMessage message, Duration pause) {
    return new Next(Topology.delay(jittered(pause)), false, message);
  }

  /**
   * Half to one and a half of the pause, so that tasks that met do not meet again; of the two
   * delays around that, each is the likelier the nearer it is.
   */
  private Duration jittered(Duration pause) {
    double millis = pause.toMillis() * (0.5 + random.nextDouble());
    Duration below = delays.getFirst();
    for (Duration above : delays) {
      if (above.toMillis() >= millis) {
        double share = (millis - below.toMillis()) / (above.toMillis() - below.toMillis());
        return random.nextDouble() < share ? above : below;
      }
      below = above;
    }
    return below;
  }
}
