package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.account.AccountId;
import io.freshet.outbox.OutboxStore;
import io.freshet.post.Creation;
import io.freshet.post.Entities;
import io.freshet.post.Post;
import io.freshet.post.PostException;
import io.freshet.post.PostId;
import io.freshet.post.PostStore;
import io.freshet.post.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every store of posts does. Authors 1 to 9 exist and have no posts; ids of posts are free.
 */
public abstract class PostStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The store under test, empty at the beginning of each test. */
  protected abstract PostStore posts();

  /** Where its events are saved. */
  protected abstract OutboxStore outbox();

  @Test
  void savesAPostWithItsEvent() {
    Published published = insert(1, 100, "hello", Optional.empty());
    assertThat(published.replayed()).isFalse();
    assertThat(posts().find(List.of(100L, 101L)))
        .containsOnlyKeys(100L)
        .containsValue(published.post());
    assertThat(topics()).containsExactly("post-published");
  }

  @Test
  void keepsWhatTheTextNames() {
    Entities first = new Entities(List.of(2L, 3L), List.of("rivers", "ice"));
    Post post =
        new Post(
            new PostId(100),
            new AccountId(1),
            "hello",
            1,
            Optional.empty(),
            Optional.empty(),
            first);
    posts().insert(new Creation(post, Optional.empty()));
    assertThat(posts().find(List.of(100L)).get(100L)).isEqualTo(post);
    Entities second = new Entities(List.of(3L), List.of("ice", "snow"));
    assertThat(posts().edit(1, 100, "better", second, NOW).orElseThrow().entities())
        .isEqualTo(second);
    assertThat(posts().edit(1, 100, "no names", Entities.NONE, NOW).orElseThrow().entities())
        .isEqualTo(Entities.NONE);
  }

  @Test
  void answersARepeatedKeyWithTheFirstPost() {
    insert(1, 100, "hello", Optional.of("key"));
    Published again = insert(1, 101, "hello", Optional.of("key"));
    assertThat(again.replayed()).isTrue();
    assertThat(again.post().id()).isEqualTo(new PostId(100));
    assertThat(posts().find(List.of(101L))).isEmpty();
    assertThat(topics()).containsExactly("post-published");
  }

  @Test
  void refusesAKeyUsedForAnotherText() {
    insert(1, 100, "hello", Optional.of("key"));
    assertThatThrownBy(() -> insert(1, 101, "something else", Optional.of("key")))
        .isInstanceOfSatisfying(
            PostException.class,
            e -> assertThat(e.problem()).isEqualTo(PostException.Problem.KEY_REUSED));
    assertThat(posts().find(List.of(101L))).isEmpty();
  }

  @Test
  void refusesTheKeyOfADeletedPost() {
    insert(1, 100, "hello", Optional.of("key"));
    posts().delete(1, 100, NOW);
    assertThatThrownBy(() -> insert(1, 101, "hello", Optional.of("key")))
        .isInstanceOf(PostException.class);
  }

  @Test
  void keepsKeysOfDifferentAuthorsApart() {
    insert(1, 100, "hello", Optional.of("key"));
    assertThat(insert(2, 101, "hello", Optional.of("key")).replayed()).isFalse();
  }

  @Test
  void editsOnlyTheAuthorsOwnLivingPost() {
    insert(1, 100, "hello", Optional.empty());
    assertThat(posts().edit(2, 100, "stolen", Entities.NONE, NOW)).isEmpty();
    Post edited = posts().edit(1, 100, "better", Entities.NONE, NOW).orElseThrow();
    assertThat(edited)
        .isEqualTo(new Post(new PostId(100), new AccountId(1), "better", 2, Optional.of(NOW)));
    posts().delete(1, 100, NOW);
    assertThat(posts().edit(1, 100, "too late", Entities.NONE, NOW)).isEmpty();
    assertThat(topics()).containsExactly("post-published", "post-edited", "post-deleted");
  }

  @Test
  void deletesOnceAndForGood() {
    insert(1, 100, "hello", Optional.empty());
    assertThat(posts().delete(2, 100, NOW)).isFalse();
    assertThat(posts().delete(1, 100, NOW)).isTrue();
    assertThat(posts().delete(1, 100, NOW)).isFalse();
    assertThat(posts().find(List.of(100L))).isEmpty();
    assertThat(posts().living(new long[] {100})).isEmpty();
    assertThat(posts().deleted(1)).containsExactly(100);
    assertThat(posts().ever(1)).containsExactly(100);
    assertThat(topics()).containsExactly("post-published", "post-deleted");
  }

  @Test
  void givesEachAuthorsNewestAndSaysHowFarTheyGo() {
    for (long id = 100; id < 105; id++) {
      insert(1, id, "text", Optional.empty());
    }
    insert(2, 200, "text", Optional.empty());
    posts().delete(1, 103, NOW);
    assertThat(posts().newest(List.of(1L, 2L, 3L), 3))
        .hasEntrySatisfying(
            1L,
            feed -> {
              assertThat(feed.ids()).containsExactly(104, 102, 101);
              assertThat(feed.floor()).isEqualTo(101);
            })
        .hasEntrySatisfying(
            2L,
            feed -> {
              assertThat(feed.ids()).containsExactly(200);
              assertThat(feed.floor()).isZero();
            })
        .hasEntrySatisfying(3L, feed -> assertThat(feed.ids()).isEmpty());
  }

  @Test
  void walksSeveralAuthorsByKey() {
    insert(1, 100, "text", Optional.empty());
    insert(2, 101, "text", Optional.empty());
    insert(3, 102, "text", Optional.empty());
    insert(1, 103, "text", Optional.empty());
    assertThat(posts().below(new long[] {1, 2}, Long.MAX_VALUE, 2)).containsExactly(103, 101);
    assertThat(posts().below(new long[] {1, 2}, 101, 2)).containsExactly(100);
    assertThat(posts().below(new long[0], Long.MAX_VALUE, 2)).isEmpty();
    assertThat(posts().living(new long[] {103, 100, 999})).containsExactly(100, 103);
  }

  private Published insert(long author, long id, String text, Optional<String> key) {
    Post post = new Post(new PostId(id), new AccountId(author), text, 1, Optional.empty());
    return posts().insert(new Creation(post, key));
  }

  private List<String> topics() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    return outbox().claim(100, now, now.plus(Duration.ofMinutes(1))).stream()
        .sorted(java.util.Comparator.comparingLong(OutboxStore.Row::id))
        .map(row -> row.event().topic())
        .toList();
  }
}
