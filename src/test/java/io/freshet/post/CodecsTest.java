package io.freshet.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.account.AccountId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private static final long LARGE = (1L << 62) + 1;

  @Test
  void bringBackAPost() {
    PostCodec codec = new PostCodec();
    Post fresh = new Post(new PostId(LARGE), new AccountId(5), "žlutý kůň 🐎", 1, Optional.empty());
    Post edited =
        new Post(
            new PostId(LARGE),
            new AccountId(5),
            "",
            3,
            Optional.of(Instant.parse("2026-11-21T10:00:00.123456Z")));
    assertThat(codec.read(codec.write(fresh))).isEqualTo(fresh);
    assertThat(codec.read(codec.write(edited))).isEqualTo(edited);
    Post share = Post.share(new PostId(LARGE), new AccountId(5), new PostId(LARGE - 1));
    assertThat(codec.read(codec.write(share))).isEqualTo(share);
    Post naming =
        new Post(
            new PostId(7),
            new AccountId(5),
            "@ada @bob #žluťoučký",
            2,
            Optional.empty(),
            Optional.empty(),
            new Entities(List.of(LARGE, 6L), List.of("žluťoučký")));
    assertThat(codec.read(codec.write(naming))).isEqualTo(naming);
    Post question =
        Post.question(new PostId(8), new AccountId(5), "Why?", List.of("c++", "q-sharp"));
    assertThat(codec.read(codec.write(question))).isEqualTo(question);
  }

  @Test
  void refuseAPostInAnotherFormat() {
    byte[] first = ByteBuffer.allocate(64).putLong(LARGE).array();
    assertThatThrownBy(() -> new PostCodec().read(first))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bringBackCountersAndMarks() {
    Counts counts = new Counts(3, 0, Integer.MAX_VALUE, LARGE);
    assertThat(new CountsCodec().read(new CountsCodec().write(counts))).isEqualTo(counts);
    Marks marks = new Marks(new NewestIds(new long[] {LARGE, 9}, 9), NewestIds.NONE);
    assertThat(new MarksCodec().read(new MarksCodec().write(marks)))
        .usingRecursiveComparison()
        .isEqualTo(marks);
  }

  @Test
  void bringBackAnAuthorFeed() {
    AuthorFeedCodec codec = new AuthorFeedCodec();
    AuthorFeed feed = new AuthorFeed(new long[] {LARGE, 9, 8}, 8);
    assertThat(codec.read(codec.write(feed))).usingRecursiveComparison().isEqualTo(feed);
    assertThat(codec.read(codec.write(AuthorFeed.EMPTY)))
        .usingRecursiveComparison()
        .isEqualTo(AuthorFeed.EMPTY);
  }
}
