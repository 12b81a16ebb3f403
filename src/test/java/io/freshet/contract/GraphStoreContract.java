package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.graph.CelebrityRule;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Pull;
import io.freshet.graph.Viewer;
import io.freshet.outbox.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of edges does. Accounts 1 to 9 exist and have no edges. */
public abstract class GraphStoreContract {
  private static final CelebrityRule RULE = new CelebrityRule(3, 0.5);
  private static final int MANY = 5_000;

  /** The store under test, empty at the beginning of each test. */
  protected abstract GraphStore graph();

  /** Where its events are saved. */
  protected abstract OutboxStore outbox();

  @Test
  void addsAnEdgeOnceAndCountsIt() {
    graph().follow(1, 2, MANY, RULE);
    graph().follow(1, 2, MANY, RULE);
    assertThat(graph().follows(1, 2)).isTrue();
    assertThat(graph().follows(2, 1)).isFalse();
    assertThat(graph().counts(2).followers()).isEqualTo(1);
    assertThat(topics()).containsExactly("follow-changed");
  }

  @Test
  void removesAnEdgeOnceAndCountsTheLeaving() {
    graph().follow(1, 2, MANY, RULE);
    graph().unfollow(1, 2, RULE);
    graph().unfollow(1, 2, RULE);
    assertThat(graph().follows(1, 2)).isFalse();
    assertThat(graph().counts(2).followers()).isZero();
    assertThat(graph().counts(2).unfollows()).isEqualTo(1);
    assertThat(topics()).containsExactly("follow-changed", "follow-changed");
  }

  @Test
  void pullsAnAuthorFromTheThresholdUntilWellBelowIt() {
    for (long follower = 2; follower <= 4; follower++) {
      assertThat(graph().counts(1).pull()).isEqualTo(Pull.NO);
      graph().follow(follower, 1, MANY, RULE);
    }
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.YES);
    assertThat(graph().flipped()).containsOnlyKeys(1L);
    graph().unfollow(2, 1, RULE);
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.YES);
    graph().unfollow(3, 1, RULE);
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.LEAVING);
    assertThat(topics()).filteredOn("pull-changed"::equals).hasSize(2);
  }

  @Test
  void endsLeavingOnlyForTheLatestFlip() {
    for (long follower = 2; follower <= 4; follower++) {
      graph().follow(follower, 1, MANY, RULE);
    }
    graph().reclassify(new CelebrityRule(10, 1));
    long flips = graph().counts(1).flips();
    graph().endLeaving(1, flips - 1);
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.LEAVING);
    graph().endLeaving(1, flips);
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.NO);
    graph().reclassify(RULE);
    assertThat(graph().counts(1).pull()).isEqualTo(Pull.YES);
  }

  @Test
  void pagesFollowersByKey() {
    for (long follower = 2; follower <= 6; follower++) {
      graph().follow(follower, 1, MANY, RULE);
    }
    graph().unfollow(4, 1, RULE);
    assertThat(graph().followers(1, 0, 3).followers()).containsExactly(2, 3, 5);
    assertThat(graph().followers(1, 5, 3).followers()).containsExactly(6);
    assertThat(graph().followers(1, 0, 3).unfollows()).isEqualTo(1);
    assertThat(graph().following(1, new long[] {2, 4, 6})).containsExactly(2, 6);
  }

  @Test
  void namesThoseWhoSeeAnAuthorInTheirFeeds() {
    for (long follower : new long[] {2, 3, 4, 5}) {
      graph().follow(follower, 1, MANY, RULE);
    }
    graph().mute(2, 1, Optional.empty());
    graph().mute(3, 1, Optional.of(Instant.parse("2001-01-01T00:00:00Z")));
    graph().restrict(1, 4, Optional.empty());
    assertThat(graph().seeing(1, new long[] {2, 3, 4, 5, 6})).containsExactly(3, 5);
  }

  @Test
  void tellsWhatAViewerSees() {
    Instant until = Instant.parse("2027-01-01T00:00:00Z");
    graph().follow(1, 3, MANY, RULE);
    graph().follow(1, 2, MANY, RULE);
    graph().mute(1, 2, Optional.of(until));
    graph().mute(1, 3, Optional.empty());
    graph().unmute(1, 3);
    graph().restrict(3, 1, Optional.empty());
    graph().unmute(1, 3);
    assertThat(topics()).filteredOn("sight-changed"::equals).hasSize(4);
    Viewer viewer = Objects.requireNonNull(graph().viewers(List.of(1L, 9L)).get(1L));
    assertThat(viewer.followees()).containsExactly(2, 3);
    assertThat(viewer.mutes()).containsOnlyKeys(2L).containsValue(until);
    assertThat(viewer.restrictedBy()).containsExactly(3);
    graph().unrestrict(3, 1);
    assertThat(Objects.requireNonNull(graph().viewers(List.of(1L)).get(1L)).restrictedBy())
        .isEmpty();
    assertThat(Objects.requireNonNull(graph().viewers(List.of(9L)).get(9L)).followees()).isEmpty();
  }

  private List<String> topics() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    return outbox().claim(100, now, now.plus(Duration.ofMinutes(1))).stream()
        .map(row -> row.event().topic())
        .toList();
  }
}
