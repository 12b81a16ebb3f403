package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.PresenceResult;
import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.SubscribeResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  private static List<Command> commands(String frame) throws MalformedException {
    return JsonCodec.commands(frame.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Reply.Builder reply) {
    return new String(JsonCodec.encode(reply.build()), StandardCharsets.UTF_8);
  }

  private static Reply.Builder publication(String data) {
    return Reply.newBuilder()
        .setPush(
            Push.newBuilder()
                .setChannel("a")
                .setPub(
                    Publication.newBuilder()
                        .setData(ByteString.copyFromUtf8(data))
                        .setOffset(1L << 40)));
  }

  @Test
  void readsSeveralCommandsOfAFrameAndPassesOverUnknownFields() throws MalformedException {
    List<Command> read =
        commands(
            """
            {"id":1,"connect":{"token":"t","later":{"x":[1]},"subs":{"a":{"offset":3}}}}
            {"id":2,"subscribe":{"channel":"b"}}
            """);
    assertThat(read).hasSize(2);
    assertThat(read.getFirst().getConnect().getSubsOrThrow("a").getOffset()).isEqualTo(3);
    assertThat(read.get(1).getSubscribe().getChannel()).isEqualTo("b");
  }

  @Test
  void keepsDataToTheByteButForLineBreaks() throws MalformedException {
    Command read =
        commands(
                "{\"id\":1,\"publish\":{\"channel\":\"a\",\"data\": {\"n\": 1.10e2,\n\"t\":\"\u00e9\\u00e9\"} }}")
            .getFirst();
    assertThat(read.getPublish().getData().toStringUtf8())
        .isEqualTo("{\"n\": 1.10e2, \"t\":\"\u00e9\\u00e9\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"text\"", "[1,2]", "true", "12345678901234567890.5"})
  void takesDataOfEveryKind(String data) throws MalformedException {
    Command read =
        commands("{\"id\":1,\"publish\":{\"channel\":\"a\",\"data\":" + data + "}}").getFirst();
    assertThat(read.getPublish().getData().toStringUtf8()).isEqualTo(data);
    assertThat(json(publication(data))).contains("\"data\":" + data + ",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "7",
        "[]",
        "{\"id\":\"1\"}",
        "{\"id\":-1}",
        "{\"id\":4294967296}",
        "{\"connect\":[]}",
        "{\"connect\":{\"token\":1}}",
        "{\"connect\":{\"subs\":[]}}",
        "{\"connect\":{\"subs\":{\"a\":1}}}",
        "{\"subscribe\":{\"recover\":1}}",
        "{\"subscribe\":{\"offset\":1.5}}",
        "{\"id\":1}x"
      })
  void refusesWhatIsNoCommand(String frame) {
    assertThatThrownBy(() -> commands(frame)).isInstanceOf(MalformedException.class);
  }

  @Test
  void leavesOutWhatIsEmptyButNotTheResultItself() {
    assertThat(json(Reply.newBuilder())).isEqualTo("{}");
    assertThat(json(Reply.newBuilder().setId(2).setSubscribe(SubscribeResult.newBuilder())))
        .isEqualTo("{\"id\":2,\"subscribe\":{}}");
  }

  @Test
  void writesMapsAsObjectsAndOffsetsAsNumbers() {
    Reply.Builder reply =
        Reply.newBuilder()
            .setId(1)
            .setPresence(
                PresenceResult.newBuilder()
                    .putPresence("c", ClientInfo.newBuilder().setUser("u\n").build()));
    assertThat(json(reply))
        .isEqualTo("{\"id\":1,\"presence\":{\"presence\":{\"c\":{\"user\":\"u\\n\"}}}}");
    assertThat(json(publication("{}"))).contains("\"offset\":1099511627776");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{\"a\":1}\n", "1 2", "{", ""})
  void showsWhatIsNoJsonAsAString(String data) {
    String json = json(publication(data));
    assertThat(json).doesNotContain("\n");
    if (!data.isEmpty()) {
      assertThat(json).contains("\"data\":\"");
    }
  }
}
