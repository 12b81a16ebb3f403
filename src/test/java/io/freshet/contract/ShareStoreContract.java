package io.freshet.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.outbox.OutboxStore;
import io.freshet.post.Creation;
import io.freshet.post.FirstShares;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.PostStore;
import io.freshet.post.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of shares does. Authors 1 to 9 exist and have no posts; 1 writes post 100. */
public abstract class ShareStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int FEW = 3;

  /** The store under test, empty at the beginning of each test. */
  protected abstract PostStore posts();

  /** Where its events are saved. */
  protected abstract OutboxStore outbox();

  @BeforeEach
  void publish() {
    Post post = new Post(new PostId(100), new AccountId(1), "hello", 1, Optional.empty());
    posts().insert(new Creation(post, Optional.empty()));
    topics();
  }

  @Test
  void savesAShareWithItsEvents() {
    Published share = share(2, 200, 100).orElseThrow();
    assertThat(share.replayed()).isFalse();
    assertThat(posts().find(List.of(200L)))
        .containsEntry(200L, Post.share(new PostId(200), new AccountId(2), new PostId(100)));
    assertThat(requireNonNull(posts().newest(List.of(2L), 5).get(2L)).ids()).containsExactly(200);
    // Where there are notifications, their event is saved too.
    assertThat(topics())
        .filteredOn(topic -> !topic.equals("people-concerned"))
        .containsExactlyInAnyOrder("post-published", "counts-changed");
  }

  @Test
  void sharesAnOriginalOnceUntilItIsTakenBack() {
    share(2, 200, 100);
    Published again = share(2, 201, 100).orElseThrow();
    assertThat(again.replayed()).isTrue();
    assertThat(again.post().id()).isEqualTo(new PostId(200));
    assertThat(posts().find(List.of(201L))).isEmpty();
    topics();
    assertThat(posts().delete(2, 200, NOW)).isTrue();
    assertThat(topics()).containsExactlyInAnyOrder("post-deleted", "counts-changed");
    assertThat(share(2, 202, 100).orElseThrow().replayed()).isFalse();
  }

  @Test
  void sharesNeitherWhatIsGoneNorShares() {
    share(2, 200, 100);
    topics();
    assertThat(share(3, 201, 200)).isEmpty();
    assertThat(share(3, 201, 999)).isEmpty();
    posts().delete(1, 100, NOW);
    assertThat(share(3, 201, 100)).isEmpty();
    assertThat(topics()).containsExactly("post-deleted");
  }

  @Test
  void editsNoShare() {
    share(2, 200, 100);
    assertThat(posts().edit(2, 200, "mine", io.freshet.post.Entities.NONE, NOW)).isEmpty();
  }

  @Test
  void knowsWhatWasSharedOfTheDeletedToo() {
    share(2, 200, 100);
    share(3, 201, 100);
    posts().delete(2, 200, NOW);
    assertThat(posts().shares().originals(List.of(100L, 200L, 201L, 999L)))
        .isEqualTo(Map.of(200L, 100L, 201L, 100L));
  }

  /** Asked together with another post, as pages do. */
  private FirstShares first(long original, int limit) {
    return requireNonNull(
        posts().shares().first(List.of(original, original + 1_000), limit).get(original));
  }

  @Test
  void givesTheOldestLivingSharesAndWhoMadeThem() {
    for (long sharer = 2; sharer <= 6; sharer++) {
      share(sharer, 198 + sharer, 100);
    }
    posts().delete(3, 201, NOW);
    FirstShares first = first(100, FEW);
    assertThat(first.ids()).containsExactly(200, 202, 203);
    assertThat(first.authors()).containsExactly(2, 4, 5);
    assertThat(first.isAll()).isFalse();
    FirstShares all = first(100, 5);
    assertThat(all.ids()).containsExactly(200, 202, 203, 204);
    assertThat(all.isAll()).isTrue();
    assertThat(first(999, FEW).isAll()).isTrue();
  }

  @Test
  void findsTheOldestShareBySomeBeyondAnother() {
    for (long sharer = 2; sharer <= 6; sharer++) {
      share(sharer, 198 + sharer, 100);
    }
    assertThat(posts().shares().firstBy(new long[] {5, 4}, 100, 0)).hasValue(202);
    assertThat(posts().shares().firstBy(new long[] {5, 4}, 100, 202)).hasValue(203);
    assertThat(posts().shares().firstBy(new long[] {7}, 100, 0)).isEmpty();
    assertThat(posts().shares().firstBy(new long[0], 100, 0)).isEmpty();
  }

  @Test
  void walksSharesFromTheNewest() {
    for (long sharer = 2; sharer <= 5; sharer++) {
      share(sharer, 198 + sharer, 100);
    }
    assertThat(posts().shares().below(100, Long.MAX_VALUE, FEW))
        .extracting(post -> post.id().value())
        .containsExactly(203L, 202L, 201L);
    assertThat(posts().shares().below(100, 201, FEW))
        .extracting(post -> post.author().value())
        .containsExactly(2L);
  }

  @Test
  void deletesTheSharesOfTheDeletedSomeAtATime() {
    for (long sharer = 2; sharer <= 6; sharer++) {
      share(sharer, 198 + sharer, 100);
    }
    topics();
    assertThat(posts().shares().deleteOfDeleted(100, FEW, NOW)).isZero();
    posts().delete(1, 100, NOW);
    topics();
    assertThat(posts().shares().deleteOfDeleted(100, FEW, NOW)).isEqualTo(FEW);
    assertThat(topics())
        .containsExactlyInAnyOrder(
            "post-deleted", "post-deleted", "post-deleted", "counts-changed");
    assertThat(posts().shares().deleteOfDeleted(100, FEW, NOW)).isEqualTo(2);
    assertThat(posts().shares().deleteOfDeleted(100, FEW, NOW)).isZero();
    assertThat(posts().living(new long[] {200, 201, 202, 203, 204})).isEmpty();
  }

  private Optional<Published> share(long sharer, long id, long original) {
    return posts()
        .shares()
        .share(Post.share(new PostId(id), new AccountId(sharer), new PostId(original)));
  }

  /** Of the events saved since the last time. */
  private List<String> topics() {
    List<OutboxStore.Row> rows = outbox().claim(100, NOW, NOW.plus(Duration.ofMinutes(1)));
    outbox().delete(rows.stream().map(OutboxStore.Row::id).toList());
    return rows.stream().map(row -> row.event().topic()).toList();
  }
}
