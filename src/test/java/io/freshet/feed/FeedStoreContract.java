package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of feeds must do, whatever it keeps them in. */
abstract class FeedStoreContract {
  static final int WINDOW = 5;
  static final int SLACK = 3;
  static final Instant NOW = Instant.ofEpochSecond(1_000);
  static final long ANN = 7;
  static final long BEN = 8;

  /** An empty store of feeds of {@link #WINDOW} entries and at most {@link #SLACK} more. */
  abstract FeedStore open();

  /** Whether this process alone uses the store: only then it drops feeds when told. */
  abstract boolean isOurs();

  /** Runs with seeds of their own that each parameter stands for. */
  abstract int seeds();

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 2_000, 3_000, 4_000})
  void agreesWithTheModelWhateverIsDoneToIt(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + seeds(); seed++) {
      new FeedStoreRandomRun(open(), isOurs(), WINDOW, WINDOW + SLACK, seed).run(500);
    }
  }

  @Test
  void insertsNothingIntoAFeedThatDoesNotExist() {
    FeedStore store = open();
    store.insert(1, new long[] {ANN});
    store.insertAll(ANN, window(0, 3, 2));
    assertThat(store.peek(ANN)).isEmpty();
    assertThat(store.read(ANN, Long.MAX_VALUE, 10, NOW)).isEmpty();
  }

  @Test
  void insertsAPostIntoEveryFeedThatExists() {
    FeedStore store = open();
    built(store, ANN, 0, 10);
    built(store, BEN, 0, 12);
    store.insert(11, new long[] {ANN, 9, BEN});
    assertThat(ids(store, ANN)).containsExactly(11, 10);
    assertThat(ids(store, BEN)).containsExactly(12, 11);
  }

  @Test
  void insertsAPostOnceHoweverOftenItComes() {
    FeedStore store = open();
    built(store, ANN, 0, 30, 10);
    for (int i = 0; i < 3; i++) {
      store.insert(20, new long[] {ANN, ANN});
      store.insert(30, new long[] {ANN});
    }
    assertThat(ids(store, ANN)).containsExactly(30, 20, 10);
  }

  @Test
  void keepsOrderWhenPostsArriveLate() {
    FeedStore store = open();
    built(store, ANN, 0);
    for (long post : new long[] {50, 20, 40, 10, 30}) {
      store.insert(post, new long[] {ANN});
    }
    assertThat(ids(store, ANN)).containsExactly(50, 40, 30, 20, 10);
  }

  @Test
  void doesNotInsertBelowTheFloor() {
    FeedStore store = open();
    built(store, ANN, 15, 30, 20);
    store.insert(14, new long[] {ANN});
    assertThat(ids(store, ANN)).containsExactly(30, 20);
    assertThat(store.peek(ANN).orElseThrow().floor()).isEqualTo(15);
  }

  @Test
  void raisesTheFloorOverWhatItTrims() {
    FeedStore store = open();
    built(store, ANN, 0);
    for (long post = 1; post <= WINDOW + SLACK + 20; post++) {
      store.insert(post, new long[] {ANN});
    }
    FeedWindow feed = store.peek(ANN).orElseThrow();
    assertThat(feed.ids().length).isBetween(WINDOW, WINDOW + SLACK);
    long oldest = feed.ids()[feed.ids().length - 1];
    assertThat(feed.floor()).isEqualTo(oldest);
    store.insert(oldest - 1, new long[] {ANN});
    assertThat(ids(store, ANN)).endsWith(oldest);
  }

  @Test
  void dropsAFeedLeftWithLessThanAWindow() {
    FeedStore store = open();
    built(store, ANN, 0);
    for (long post = 1; post <= 50; post++) {
      store.insert(post, new long[] {ANN});
    }
    int stored = ids(store, ANN).length;
    for (long gone = 50; gone > 50 - (stored - WINDOW); gone--) {
      store.remove(gone, new long[] {ANN});
    }
    assertThat(ids(store, ANN)).hasSize(WINDOW);
    store.remove(50 - (stored - WINDOW), new long[] {ANN});
    assertThat(store.peek(ANN)).isEmpty();
  }

  @Test
  void keepsAWholeFeedHoweverShort() {
    FeedStore store = open();
    built(store, ANN, 0, 3, 2, 1);
    store.removeAll(ANN, new long[] {1, 2, 3, 4});
    assertThat(ids(store, ANN)).isEmpty();
    store.insert(5, new long[] {ANN});
    assertThat(ids(store, ANN)).containsExactly(5);
  }

  @Test
  void appliesToABuildWhatArrivesMeanwhile() {
    FeedStore store = open();
    long build = store.beginBuild(ANN);
    store.insert(30, new long[] {ANN});
    store.insertAll(ANN, window(0, 25, 5));
    store.remove(10, new long[] {ANN});
    assertThat(store.peek(ANN)).isEmpty();
    assertThat(store.completeBuild(ANN, build, window(0, 20, 10), NOW)).isTrue();
    assertThat(ids(store, ANN)).containsExactly(30, 25, 20, 5);
  }

  @Test
  void refusesABuildThatALaterOneHasOvertaken() {
    FeedStore store = open();
    long early = store.beginBuild(ANN);
    long late = store.beginBuild(ANN);
    assertThat(store.completeBuild(ANN, early, window(0, 1), NOW)).isFalse();
    store.abandonBuild(ANN, early);
    assertThat(store.completeBuild(ANN, late, window(0, 2), NOW)).isTrue();
    assertThat(ids(store, ANN)).containsExactly(2);
  }

  @Test
  void refusesABuildThatADropHasOvertaken() {
    FeedStore store = open();
    long build = store.beginBuild(ANN);
    store.drop(ANN);
    assertThat(store.completeBuild(ANN, build, window(0, 1), NOW)).isFalse();
    long another = store.beginBuild(ANN);
    store.clear();
    assertThat(store.completeBuild(ANN, another, window(0, 1), NOW)).isFalse();
    assertThat(store.peek(ANN)).isEmpty();
  }

  @Test
  void givesUpABuildOvertakenByThousandsOfChanges() {
    FeedStore store = open();
    long build = store.beginBuild(ANN);
    for (long post = 1; post <= 20_000; post++) {
      store.insert(post, new long[] {ANN});
    }
    assertThat(store.completeBuild(ANN, build, window(0), NOW)).isFalse();
  }

  @Test
  void readsPagesBelowACursor() {
    FeedStore store = open();
    built(store, ANN, 2, 50, 40, 30, 20, 10);
    FeedWindow page = store.read(ANN, 40, 2, NOW).orElseThrow();
    assertThat(page.ids()).containsExactly(30, 20);
    assertThat(page.floor()).isEqualTo(2);
    assertThat(store.read(ANN, 10, 2, NOW).orElseThrow().ids()).isEmpty();
  }

  @Test
  void holdsManyFeedsOfManyReaders() {
    FeedStore store = open();
    long[] readers = LongStream.rangeClosed(1, 3_000).map(i -> i * 4_194_304).toArray();
    for (long reader : readers) {
      built(store, reader, 0, reader);
    }
    store.insert(Long.MAX_VALUE - 1, readers);
    store.size().ifPresent(size -> assertThat(size).isEqualTo(readers.length));
    for (long reader : readers) {
      assertThat(ids(store, reader)).containsExactly(Long.MAX_VALUE - 1, reader);
    }
    store.clear();
    for (long reader : readers) {
      assertThat(store.peek(reader)).isEmpty();
    }
  }

  static FeedWindow window(long floor, long... ids) {
    return new FeedWindow(ids, floor);
  }

  static void built(FeedStore store, long viewer, long floor, long... ids) {
    assertThat(store.completeBuild(viewer, store.beginBuild(viewer), window(floor, ids), NOW))
        .isTrue();
  }

  static long[] ids(FeedStore store, long viewer) {
    return store.peek(viewer).orElseThrow().ids();
  }
}
