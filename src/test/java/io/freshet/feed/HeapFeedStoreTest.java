package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HeapFeedStoreTest extends FeedStoreContract {
  private static final int MANY = 1_000_000;

  @Override
  FeedStore open() {
    return new HeapFeedStore(WINDOW, SLACK, MANY);
  }

  @Override
  boolean isOurs() {
    return true;
  }

  @Override
  int seeds() {
    return 40;
  }

  @Test
  void dropsOnlyTheFeedsUnreadForLong() {
    FeedStore store = open();
    built(store, ANN, 0, 1);
    built(store, BEN, 0, 1);
    store.read(BEN, Long.MAX_VALUE, 1, NOW.plusSeconds(60));
    assertThat(store.dropUnreadSince(NOW.plusSeconds(30))).isEqualTo(1);
    assertThat(store.peek(ANN)).isEmpty();
    assertThat(store.peek(BEN)).isPresent();
  }

  @Test
  void givesUpFeedsUnreadForLongWhenItIsFull() {
    FeedStore store = new HeapFeedStore(WINDOW, SLACK, 320);
    for (long viewer = 1; viewer <= 20_000; viewer++) {
      build(store, viewer, 1_000 + viewer);
    }
    assertThat(store.size().orElseThrow()).isBetween(300, 320);
    long young = 0;
    for (long viewer = 19_000; viewer <= 20_000; viewer++) {
      young += store.peek(viewer).isPresent() ? 1 : 0;
    }
    assertThat(young).isGreaterThan(250);
  }

  @Test
  void reusesThePlacesOfDroppedFeedsEmpty() {
    FeedStore store = open();
    for (int round = 0; round < 50; round++) {
      for (long viewer = 1; viewer <= 200; viewer++) {
        long key = round * 1_000L + viewer;
        build(store, key, 1_000);
        assertThat(ids(store, key)).isEmpty();
        store.insert(key + 1, new long[] {key});
      }
      for (long viewer = 1; viewer <= 200; viewer++) {
        long key = round * 1_000L + viewer;
        assertThat(ids(store, key)).containsExactly(key + 1);
        store.drop(key);
      }
    }
    assertThat(store.size()).hasValue(0);
  }

  @Test
  void losesNothingWhenManyThreadsInsert() throws InterruptedException {
    int threads = 4;
    int posts = 500;
    FeedStore store = new HeapFeedStore(threads * posts, 0, MANY);
    long[] viewers = new long[64];
    for (int i = 0; i < viewers.length; i++) {
      viewers[i] = 1_000L + i;
      build(store, viewers[i], 1);
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      long first = 1L + t;
      running.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                for (int i = 0; i < posts; i++) {
                  store.insert(first + (long) i * threads, viewers);
                }
              }));
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    for (long viewer : viewers) {
      assertThat(ids(store, viewer)).hasSize(threads * posts);
    }
  }

  private static void build(FeedStore store, long viewer, long second) {
    Instant now = Instant.ofEpochSecond(second);
    assertThat(store.completeBuild(viewer, store.beginBuild(viewer), window(0), now)).isTrue();
  }
}
