package io.freshet.bench;

/** Where a benchmark keeps the feeds. */
enum Store {
  HEAP,
  REDIS
}
