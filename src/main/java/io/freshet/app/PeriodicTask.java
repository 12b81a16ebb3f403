package io.freshet.app;

import java.time.Duration;

/**
 * Work that is done again and again, by one scheduler of the cluster at a time. It may be cut short
 * by a crash and begun again elsewhere.
 *
 * @param rest how long after its end it is due again
 */
record PeriodicTask(String name, Duration rest, Runnable work) {}
