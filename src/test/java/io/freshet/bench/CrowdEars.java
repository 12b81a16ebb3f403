package io.freshet.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** What a crowd has heard so far. One thread tells it, any thread asks. */
final class CrowdEars {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger anew = new AtomicInteger();
  private final AtomicInteger gaps = new AtomicInteger();
  private long[] posts = new long[1 << 16];
  private long[] times = new long[1 << 16];
  private int size;

  /**
   * Events in the order of their coming.
   *
   * @param posts the id of each event's post
   * @param times nanoseconds of {@link System#nanoTime}
   */
  record Heard(long[] posts, long[] times) {}

  void opened() {
    opened.incrementAndGet();
  }

  /** A client was told to load everything anew. */
  void anew() {
    anew.incrementAndGet();
  }

  /** An offset was not the one before it plus one. */
  void gap() {
    gaps.incrementAndGet();
  }

  synchronized void heard(long post, long time) {
    if (size == posts.length) {
      posts = Arrays.copyOf(posts, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
    }
    posts[size] = post;
    times[size++] = time;
  }

  /** How many connections were opened, again and again ones too. */
  int connects() {
    return opened.get();
  }

  int toldToLoadAnew() {
    return anew.get();
  }

  int gaps() {
    return gaps.get();
  }

  synchronized int events() {
    return size;
  }

  /** What was heard since the last call. */
  synchronized Heard take() {
    Heard heard = new Heard(Arrays.copyOf(posts, size), Arrays.copyOf(times, size));
    size = 0;
    return heard;
  }
}
