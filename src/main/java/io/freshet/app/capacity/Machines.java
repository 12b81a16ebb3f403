package io.freshet.app.capacity;

import io.freshet.platform.OperatorException;

/**
 * What it may run on.
 *
 * @param cores of a web or worker node
 * @param use share of what a machine has that the busiest minutes may take; the rest is for a node
 *     that has died, and for noise
 * @param redisGigabytes that one Redis master holds: it must be copied whole to a new replica
 * @param poolSize connections of each process to the database (database.poolSize)
 * @param batch followers of one fan-out task (fanout.batch)
 * @param threshold from so many followers on an author is not fanned out (celebrity.threshold)
 */
public record Machines(
    int cores, double use, double redisGigabytes, int poolSize, int batch, int threshold) {

  public Machines {
    if (cores < 1 || cores > 1_024) {
      throw new OperatorException("--cores must be from 1 to 1024.");
    }
    if (!(use > 0 && use <= 1)) {
      throw new OperatorException("--use must be over 0 and at most 1.");
    }
    if (!(redisGigabytes >= 0.1 && redisGigabytes <= 10_000)) {
      throw new OperatorException("--redis-gb must be from 0.1 to 10000.");
    }
  }
}
