package io.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The guarantees, checked while a simulation runs and when it has come to rest. */
final class Checks {
  private final Truth truth;
  private final List<Sights> readsUnderWay = new ArrayList<>();
  private final List<Sights> writesUnderWay = new ArrayList<>();

  Checks(Truth truth) {
    this.truth = truth;
  }

  int people() {
    return truth.people();
  }

  /**
   * A write that has not been acknowledged: until then, reads may see things as they were since its
   * beginning.
   */
  interface Write extends AutoCloseable {
    @Override
    void close();
  }

  Write write() {
    Sights before = truth.sights();
    writesUnderWay.add(before);
    return () -> writesUnderWay.removeIf(sights -> sights == before);
  }

  /** The database has changed, or the clock. */
  void changed() {
    if (!readsUnderWay.isEmpty() || !writesUnderWay.isEmpty()) {
      Sights now = truth.sights();
      readsUnderWay.forEach(sights -> sights.addAll(now));
      writesUnderWay.forEach(sights -> sights.addAll(now));
    }
  }

  void forgetUnderWay() {
    readsUnderWay.clear();
    writesUnderWay.clear();
  }

  /**
   * G3 and G4: a page shows only authors seen and posts that lived at some moment since it was
   * asked for, in order, nothing twice.
   */
  void read(long viewer, Supplier<List<Post>> page) {
    Sights allowed = truth.sights();
    writesUnderWay.forEach(allowed::addAll);
    readsUnderWay.add(allowed);
    List<Post> shown = page.get();
    readsUnderWay.removeIf(sights -> sights == allowed);
    assertDescending(
        "G4: page of " + viewer, shown.stream().map(post -> post.id().value()).toList());
    assertThat(shown.stream().map(post -> post.original().orElse(post.id())).toList())
        .as("originals on a page of %s", viewer)
        .doesNotHaveDuplicates();
    for (Post post : shown) {
      assertThat(allowed.allow(viewer, post)).as("G3: %s may see %s", viewer, post).isTrue();
    }
  }

  /** G2, G4, G6 and hazard 20, with nothing left to do. */
  void atRest(SimProcess process) {
    long keys =
        truth.posts().all().stream().map(Post::text).filter(text -> text.startsWith("key")).count();
    long posts =
        truth.posts().all().stream()
            .map(Post::text)
            .filter(text -> text.startsWith("key"))
            .distinct()
            .count();
    assertThat(keys).as("posts made with idempotency keys").isEqualTo(posts);
    assertThat(truth.orphans()).as("shares of what is deleted").isEmpty();
    for (long viewer = 1; viewer <= truth.people(); viewer++) {
      storedFeed(process, viewer);
      assertThat(walk(process, viewer)).as("G2: feed of %s", viewer).isEqualTo(truth.feed(viewer));
    }
    process.store.clear();
    for (long viewer = 1; viewer <= truth.people(); viewer++) {
      assertThat(walk(process, viewer))
          .as("G6: rebuilt feed of %s", viewer)
          .isEqualTo(truth.feed(viewer));
      storedFeed(process, viewer);
    }
  }

  private void storedFeed(SimProcess process, long viewer) {
    process.store.peek(viewer).ifPresent(feed -> storedFeed(viewer, feed));
  }

  private void storedFeed(long viewer, FeedWindow feed) {
    List<Long> ids = Arrays.stream(feed.ids()).boxed().toList();
    Truth.Stored expected = truth.stored(viewer, feed.floor());
    assertDescending("G4: stored feed of " + viewer, ids);
    assertThat(ids)
        .as("G2: stored feed of %s from %s", viewer, feed.floor())
        .containsAll(expected.required());
    assertThat(expected.allowed()).as("G2: stored feed of %s", viewer).containsAll(ids);
    if (feed.floor() > 0) {
      assertThat(ids.size())
          .as("G2: length of the stored feed of %s", viewer)
          .isGreaterThanOrEqualTo(SimProcess.WINDOW);
    }
  }

  private List<Long> walk(SimProcess process, long viewer) {
    List<Long> ids = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (true) {
      Page<Post> page = process.feeds.page(new AccountId(viewer), before, 3);
      page.items().forEach(post -> ids.add(post.id().value()));
      if (page.next().isEmpty()) {
        return ids;
      }
      before = page.next().getAsLong();
    }
  }

  private static void assertDescending(String what, List<Long> ids) {
    for (int i = 1; i < ids.size(); i++) {
      assertThat(ids.get(i)).as(what).isLessThan(ids.get(i - 1));
    }
  }
}
