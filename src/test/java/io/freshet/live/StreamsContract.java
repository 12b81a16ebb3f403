package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.freshet.live.Streams.Appended;
import io.freshet.live.Streams.History;
import io.freshet.live.protocol.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What all streams do. */
public abstract class StreamsContract {
  protected static final Keeping KEEPING = new Keeping(5, Duration.ofMinutes(10));
  private static final String A = "personal:#1";
  private static final String B = "question:2";
  private static final String C = "post:3";

  protected abstract Streams streams();

  /** Lets so much time pass for the streams. */
  protected abstract void pass(Duration time);

  @Test
  void countsFromOneInOneEpoch() {
    Position first = append(A, "a").position();
    Position second = append(A, "b").position();
    assertThat(first.offset()).isEqualTo(1);
    assertThat(second).isEqualTo(new Position(2, first.epoch()));
    assertThat(first.epoch()).matches("[0-9a-z]{4,8}");
    assertThat(all(A).top()).isEqualTo(second);
    assertThat(all(B).top().offset()).isZero();
  }

  @Test
  void keepsWhatWasPublishedToTheByte() {
    Publication whole =
        publication("{\"a\": \"ä\\u0000\"}").toBuilder()
            .putTags("t", "1")
            .setTime(17)
            .setOffset(99)
            .build();
    streams().append(A, whole, KEEPING, "");
    assertThat(all(A).publications()).containsExactly(whole.toBuilder().setOffset(1).build());
  }

  @Test
  void keepsTheNewestOnly() {
    IntStream.rangeClosed(1, 8).forEach(i -> append(A, "" + i));
    assertThat(texts(all(A))).containsExactly("4", "5", "6", "7", "8");
    assertThat(offsets(all(A))).containsExactly(4, 5, 6, 7, 8);
    assertThat(all(A).top().offset()).isEqualTo(8);
    IntStream.rangeClosed(1, 8).forEach(i -> appendBatch("b" + i, "", A));
    assertThat(texts(all(A))).containsExactly("b4", "b5", "b6", "b7", "b8");
  }

  @Test
  void readsForwardsFromAnOffset() {
    IntStream.rangeClosed(1, 8).forEach(i -> append(A, "" + i));
    assertThat(offsets(read(6, -1, false))).containsExactly(7, 8);
    assertThat(offsets(read(5, 2, false))).containsExactly(6, 7);
    assertThat(offsets(read(1, 2, false))).containsExactly(4, 5);
    assertThat(offsets(read(8, -1, false))).isEmpty();
    assertThat(offsets(read(20, -1, false))).isEmpty();
    assertThat(offsets(read(0, 0, false))).isEmpty();
    assertThat(read(0, 0, false).top().offset()).isEqualTo(8);
  }

  @Test
  void readsBackwardsFromAnOffset() {
    IntStream.rangeClosed(1, 8).forEach(i -> append(A, "" + i));
    assertThat(offsets(read(0, -1, true))).containsExactly(8, 7, 6, 5, 4);
    assertThat(offsets(read(0, 2, true))).containsExactly(8, 7);
    assertThat(offsets(read(7, 2, true))).containsExactly(6, 5);
    assertThat(offsets(read(5, -1, true))).containsExactly(4);
    assertThat(offsets(read(3, -1, true))).isEmpty();
    assertThat(offsets(read(20, 1, true))).containsExactly(8);
  }

  @Test
  void appendsOnceForEachKey() {
    Appended first = streams().append(A, publication("a"), KEEPING, "k");
    append(A, "b");
    Appended again = streams().append(A, publication("a"), KEEPING, "k");
    assertThat(first.isRepeated()).isFalse();
    assertThat(again).isEqualTo(new Appended(first.position(), true));
    assertThat(streams().append(B, publication("a"), KEEPING, "k").isRepeated()).isFalse();
    assertThat(streams().append(A, publication("c"), KEEPING, "l").isRepeated()).isFalse();
    assertThat(texts(all(A))).containsExactly("a", "b", "c");
  }

  @Test
  void forgetsKeysInTime() {
    append(A, "a", "k");
    pass(Streams.KEY_AGE.minusSeconds(1));
    assertThat(append(A, "a", "k").isRepeated()).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(append(A, "a", "k").isRepeated()).isFalse();
  }

  @Test
  void appendsOnlyWhereAStreamIsKept() {
    append(A, "a");
    Position b = touch(B);
    Map<String, Position> kept =
        streams().appendWhereKept(List.of(A, B, C), publication("x"), KEEPING, "");
    assertThat(kept)
        .containsOnlyKeys(A, B)
        .containsEntry(B, new Position(1, b.epoch()))
        .hasEntrySatisfying(A, a -> assertThat(a.offset()).isEqualTo(2));
    assertThat(texts(all(A))).containsExactly("a", "x");
    assertThat(texts(all(B))).containsExactly("x");
    assertThat(all(C).top().offset()).isZero();
  }

  @Test
  void appendsABatchOnceForEachKeyAndSaysWhereItIs() {
    touch(A);
    touch(B);
    assertThat(appendBatch("x", "k", A, C)).containsOnlyKeys(A).containsEntry(A, all(A).top());
    append(A, "y");
    Map<String, Position> again = appendBatch("x", "k", A, B, C);
    assertThat(again).containsOnlyKeys(A, B);
    assertThat(again.get(A)).isEqualTo(new Position(1, all(A).top().epoch()));
    assertThat(again.get(B)).isEqualTo(all(B).top());
    assertThat(appendBatch("z", "l", A).get(A)).isEqualTo(new Position(3, all(A).top().epoch()));
    assertThat(texts(all(A))).containsExactly("x", "y", "z");
    assertThat(texts(all(B))).containsExactly("x");
  }

  @Test
  void remembersKeysOfBatchesUntilManyMoreWereUsed() {
    touch(A);
    for (int i = 1; i <= Streams.KEYS_KEPT; i++) {
      appendBatch("" + i, "k" + i, A);
    }
    assertThat(offsetOf("1", "k1")).isEqualTo(1);
    assertThat(offsetOf("x", "l")).isEqualTo(Streams.KEYS_KEPT + 1);
    assertThat(offsetOf("2", "k2")).isEqualTo(2);
    assertThat(offsetOf("1", "k1")).isEqualTo(Streams.KEYS_KEPT + 2);
  }

  @Test
  void knowsWhichStreamsAreKept() {
    append(A, "a");
    touch(B);
    appendBatch("x", "k", B, C);
    assertThat(streams().kept(List.of(A, B, C))).containsExactlyInAnyOrder(A, B);
    pass(KEEPING.age().plusSeconds(1));
    assertThat(streams().kept(List.of(A, B, C))).isEmpty();
  }

  @Test
  void appendsToThousandsOfChannels() {
    List<String> channels = LongStream.range(0, 2_000).mapToObj(i -> "personal:#" + i).toList();
    List<String> kept = channels.stream().filter(channel -> channel.endsWith("7")).toList();
    assertThat(streams().touch(kept, KEEPING)).containsOnlyKeys(kept);
    assertThat(streams().appendWhereKept(channels, publication("x"), KEEPING, "k"))
        .containsOnlyKeys(kept);
    assertThat(texts(streams().read("personal:#1997", KEEPING, 0, -1, false))).containsExactly("x");
  }

  @Test
  void forgetsPublicationsInTimeButNotWhereItStood() {
    Position before = append(A, "a").position();
    pass(KEEPING.age().minusSeconds(1));
    assertThat(texts(all(A))).containsExactly("a");
    pass(Duration.ofSeconds(2));
    assertThat(all(A)).isEqualTo(new History(List.of(), before));
    assertThat(append(A, "b").position()).isEqualTo(new Position(2, before.epoch()));
    assertThat(offsets(all(A))).containsExactly(2);
  }

  @Test
  void beginsAnotherEpochWhenNobodyUsedIt() {
    Position before = append(A, "a").position();
    pass(KEEPING.age().plusSeconds(1));
    assertThat(streams().appendWhereKept(List.of(A), publication("x"), KEEPING, "")).isEmpty();
    Position after = touch(A);
    assertThat(after.offset()).isZero();
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(all(A).publications()).isEmpty();
  }

  @Test
  void endsThoughPublishedToWhenNobodyTouchesIt() {
    Position before = touch(A);
    for (int i = 0; i < 3; i++) {
      streams().appendWhereKept(List.of(A), publication("x"), KEEPING, "");
      pass(KEEPING.age().dividedBy(2));
    }
    assertThat(streams().appendWhereKept(List.of(A), publication("x"), KEEPING, "")).isEmpty();
    assertThat(touch(A).epoch()).isNotEqualTo(before.epoch());
    assertThat(all(A).publications()).as("what another epoch left").isEmpty();
  }

  @Test
  void livesAsLongAsItIsTouched() {
    Position before = touch(A);
    for (int i = 0; i < 3; i++) {
      pass(KEEPING.age().minusSeconds(1));
      assertThat(streams().touch(List.of(A, B), KEEPING)).containsEntry(A, before);
    }
  }

  @Test
  void livesAsLongAsItIsReadOrAppendedTo() {
    Position before = touch(A);
    for (int i = 0; i < 3; i++) {
      pass(KEEPING.age().minusSeconds(1));
      assertThat(read(0, 0, false).top()).isEqualTo(before);
    }
    for (int i = 0; i < 3; i++) {
      pass(KEEPING.age().minusSeconds(1));
      assertThat(append(A, "a").position().epoch()).isEqualTo(before.epoch());
    }
  }

  @Test
  void beginsWithoutWhatAnEpochBeforeLeft() {
    Keeping lasting = new Keeping(5, Duration.ofMinutes(30));
    for (int i = 0; i < 3; i++) {
      streams().touch(List.of(A), KEEPING);
      streams().appendWhereKept(List.of(A), publication("old"), lasting, "");
      pass(KEEPING.age().plusSeconds(1));
      assertThat(streams().kept(List.of(A))).isEmpty();
      switch (i) {
        case 0 -> append(A, "new");
        case 1 -> touch(A);
        default -> all(A);
      }
      assertThat(texts(all(A))).doesNotContain("old");
      assertThat(texts(read(0, -1, true))).doesNotContain("old");
    }
  }

  @Test
  void livesForAWhileEvenIfItsPublicationsDoNot() {
    Keeping brief = new Keeping(5, Duration.ofSeconds(2));
    Position before = streams().append(A, publication("a"), brief, "").position();
    pass(Duration.ofSeconds(60));
    assertThat(streams().read(A, brief, 0, -1, false)).isEqualTo(new History(List.of(), before));
  }

  @Test
  void removesPublicationsAndGoesOn() {
    append(A, "a");
    Position before = append(A, "b").position();
    streams().remove(A);
    streams().remove(C);
    assertThat(all(A)).isEqualTo(new History(List.of(), before));
    append(A, "c");
    assertThat(offsets(all(A))).containsExactly(3);
  }

  @Test
  void givesEachOffsetOnceToManyAtOnce() throws InterruptedException {
    Queue<Long> given = new ConcurrentLinkedQueue<>();
    touch(A);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int n = 0; n < 50; n++) {
                        given.add(append(A, i + "-" + n).position().offset());
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(given)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  private Appended append(String channel, String text) {
    return append(channel, text, "");
  }

  private Appended append(String channel, String text, String key) {
    return streams().append(channel, publication(text), KEEPING, key);
  }

  private Map<String, Position> appendBatch(String text, String key, String... channels) {
    return streams().appendWhereKept(List.of(channels), publication(text), KEEPING, key);
  }

  private long offsetOf(String text, String key) {
    return appendBatch(text, key, A).getOrDefault(A, Position.NONE).offset();
  }

  private Position touch(String channel) {
    return streams().touch(List.of(channel), KEEPING).getOrDefault(channel, Position.NONE);
  }

  private History read(long after, int limit, boolean isReverse) {
    return streams().read(A, KEEPING, after, limit, isReverse);
  }

  private History all(String channel) {
    return streams().read(channel, KEEPING, 0, -1, false);
  }

  private static Publication publication(String text) {
    return Publication.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  private static List<String> texts(History history) {
    return history.publications().stream().map(p -> p.getData().toStringUtf8()).toList();
  }

  private static List<Integer> offsets(History history) {
    return history.publications().stream().map(p -> (int) p.getOffset()).toList();
  }
}
