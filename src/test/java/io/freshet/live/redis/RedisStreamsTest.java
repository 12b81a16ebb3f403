package io.freshet.live.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.freshet.live.Position;
import io.freshet.live.Streams;
import io.freshet.live.StreamsContract;
import io.freshet.live.protocol.Publication;
import io.freshet.platform.redis.RedisAwayException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisStreamsTest extends StreamsContract {
  private static final Publication X =
      Publication.newBuilder().setData(ByteString.copyFromUtf8("{}")).build();

  private static OpenRedis open;
  private static RedisStreams streams;

  @BeforeAll
  static void start() {
    open = new OpenRedis();
    streams = new RedisStreams(open.redis(), new SecureRandom());
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @BeforeEach
  void clear() {
    open.clear();
  }

  @Override
  protected Streams streams() {
    return streams;
  }

  @Override
  protected void pass(Duration time) {
    open.pass(time);
  }

  @Test
  void leavesNothingBehindThatDoesNotExpire() {
    streams.append("a", X, KEEPING, "k");
    streams.touch(List.of("b"), KEEPING);
    streams.read("c", KEEPING, 0, 0, false);
    streams.appendWhereKept(List.of("a", "b"), X, KEEPING, "k");
    pass(Duration.ofDays(1));
    assertThat(open.server().cli("KEYS", "*:l*")).isEmpty();
  }

  @Test
  void marksNothingWhereNobodyListens() {
    streams.appendWhereKept(List.of("a", "b"), X, KEEPING, "k");
    assertThat(open.server().cli("KEYS", "*:l*")).isEmpty();
  }

  @Test
  void keepsAUsersChannelWithTheUsersFeed() {
    ChannelShards shards = new ChannelShards(open.redis());
    for (long account = 1; account < 50; account++) {
      assertThat(shards.of("personal:#" + account)).isEqualTo(open.redis().shardOf(account));
    }
    assertThat(List.of("post:12", "#", "a#b", "a#1,2", "a#99999999999999999999"))
        .allSatisfy(channel ->
            assertThat(shards.of(channel)).isEqualTo(open.redis().shardOf(channel.hashCode())));
  }

  @Test
  void beginsAnotherEpochWhenRedisHasLostItsEnd() {
    for (boolean loses : List.of(true, false)) {
      Position before = streams.append("a", X, KEEPING, "").position();
      if (!loses) {
        open.server().cli("SAVE");
      }
      open.server().kill();
      assertThatThrownBy(() -> streams.append("a", X, KEEPING, ""))
          .isInstanceOf(RedisAwayException.class);
      open.server().restart();
      Awaitility.await()
          .ignoreException(RedisAwayException.class)
          .untilAsserted(
              () -> assertThat(streams.read("a", KEEPING, 0, -1, false).publications()).isEmpty());
      Position after = streams.append("a", X, KEEPING, "").position();
      assertThat(after.epoch()).isNotEqualTo(before.epoch());
      assertThat(after.offset()).isEqualTo(1);
    }
  }
}
