package io.freshet.bench;

import io.freshet.feed.FeedStore;
import io.freshet.feed.FeedWindow;
import io.freshet.feed.HeapFeedStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A store of full feeds, and batches of readers drawn from them, ascending by id. */
final class StoreFixture {
  static final int WINDOW = 1_000;
  static final int SLACK = 24;
  private static final Instant NOW = Instant.ofEpochSecond(1);
  private static final long FIRST_POST = 1L << 40;

  private final FeedStore store;
  private final long[] readers;
  private final AtomicLong lastPost = new AtomicLong(FIRST_POST);

  private final int capacity;

  StoreFixture(int feeds) {
    this(feeds, SLACK);
  }

  StoreFixture(int feeds, int slack) {
    // Twice as many feeds may be kept, so that no shard gives any up.
    this(new HeapFeedStore(WINDOW, slack, 2 * feeds), feeds, WINDOW + slack);
  }

  StoreFixture(FeedStore store, int feeds, int capacity) {
    this.store = store;
    this.capacity = capacity;
    this.readers =
        new SplittableRandom(1).longs(2L * feeds, 1, 1L << 60).distinct().limit(feeds).toArray();
  }

  void fill() {
    long[] ids = new long[capacity];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = FIRST_POST - i;
    }
    FeedWindow full = new FeedWindow(ids, ids[ids.length - 1]);
    for (long reader : readers) {
      store.completeBuild(reader, store.beginBuild(reader), full, NOW);
    }
  }

  FeedStore store() {
    return store;
  }

  /** Batches of readers at random, each of different ones. */
  long[][] batches(int count, int size, long seed) {
    return batches(count, size, seed, readers);
  }

  /** The same of one of so many parts of the readers, so that nobody else's posts come between. */
  long[][] batches(int count, int size, long seed, int part, int parts) {
    int length = readers.length / parts;
    return batches(
        count, size, seed, Arrays.copyOfRange(readers, part * length, (part + 1) * length));
  }

  private static long[][] batches(int count, int size, long seed, long[] readers) {
    SplittableRandom random = new SplittableRandom(seed);
    long[][] batches = new long[count][];
    for (int i = 0; i < count; i++) {
      batches[i] =
          random
              .ints(2L * size, 0, readers.length)
              .distinct()
              .limit(size)
              .mapToLong(reader -> readers[reader])
              .toArray();
      Arrays.sort(batches[i]);
    }
    return batches;
  }

  /** Nanoseconds of the core an entry, each batch getting a new post. */
  double insert(long[][] batches, int entries) {
    int done = 0;
    long start = CpuTime.now();
    for (int i = 0; done < entries; i++) {
      long[] batch = batches[i % batches.length];
      store.insert(lastPost.incrementAndGet(), batch);
      done += batch.length;
    }
    return (double) (CpuTime.now() - start) / done;
  }
}
