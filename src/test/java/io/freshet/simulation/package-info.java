/**
 * The simulation: the real posts, graph, feed, fan-out, outbox and queue code under one seeded
 * thread that interleaves, duplicates, delays, reorders and crashes, checked against the query that
 * defines a feed.
 */
@NullMarked
package io.freshet.simulation;

import org.jspecify.annotations.NullMarked;
