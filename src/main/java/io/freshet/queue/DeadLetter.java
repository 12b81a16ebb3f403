package io.freshet.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * A task that failed too often and was put aside.
 *
 * @param id by which an operator names it
 * @param attempts how many there were; 0 if that is not known
 * @param first when it was published first
 * @param last when it failed last, if that is known
 */
public record DeadLetter(
    long id,
    String topic,
    Lane lane,
    int attempts,
    Instant first,
    Optional<Instant> last,
    String error) {}
