package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections end, and channels are left, when those who connected may stay or hear no longer. */
class ReadersTest {
  private final Set<String> ended = new HashSet<>();
  private final Set<String> closed = new HashSet<>();
  private final LiveFixture fixture =
      new LiveFixture(
          new Readers() {
            @Override
            public List<String> channels(String user) {
              return user.isEmpty() ? List.of() : List.of("personal:#" + user);
            }

            @Override
            public boolean mayStay(String user, String login) {
              return !ended.contains(user + "/" + login);
            }

            @Override
            public boolean mayHear(String user, ChannelName channel) {
              return !closed.contains(user + " " + channel.text());
            }
          });

  private FakeClient connect(String user, String login) {
    return FakeClient.connected(
        fixture.live, fixture.tokens.issue(user, login, Duration.ofHours(1), List.of()));
  }

  private void reconsider(String user) {
    fixture.live.reconsider(List.of(user), "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void closesTheConnectionsOfASessionThatHasEndedAndNoOthers() {
    FakeClient phone = connect("42", "1");
    FakeClient laptop = connect("42", "2");
    ended.add("42/1");
    reconsider("42");
    assertThat(phone.end()).contains(Disconnect.INVALID_TOKEN);
    assertThat(laptop.end()).isEmpty();
  }

  @Test
  void closesThemAtTheNextLookWhenTheMessageWasLost() {
    FakeClient phone = connect("42", "1");
    ended.add("42/1");
    fixture.live.look();
    assertThat(phone.end()).contains(Disconnect.INVALID_TOKEN);
  }

  @Test
  void letsNobodyInByATokenOfASessionThatHasEnded() {
    ended.add("42/1");
    assertThat(connect("42", "1").end()).contains(Disconnect.INVALID_TOKEN);
    assertThat(connect("42", "2").end()).isEmpty();
  }

  @Test
  void renewsNoConnectionOfASessionThatHasEnded() {
    FakeClient phone = connect("42", "2");
    ended.add("42/1");
    String token = fixture.tokens.issue("42", "1", Duration.ofHours(1), List.of());
    Reply reply = phone.ask(command -> command.setRefresh(refresh(token)));
    assertThat(reply.hasRefresh()).isFalse();
    assertThat(phone.end()).contains(Disconnect.INVALID_TOKEN);
  }

  private static io.freshet.live.protocol.RefreshRequest.Builder refresh(String token) {
    return io.freshet.live.protocol.RefreshRequest.newBuilder().setToken(token);
  }

  @Test
  void opensNoChannelThatIsClosedToTheUser() {
    closed.add("42 post:7");
    FakeClient client = connect("42", "");
    assertThat(client.subscribe("post:7").getError().getCode())
        .isEqualTo(LiveError.UNKNOWN_CHANNEL.toProtocol().getCode());
    assertThat(client.subscribe("post:8").hasSubscribe()).isTrue();
    assertThat(connect("43", "").subscribe("post:7").hasSubscribe()).isTrue();
  }

  @Test
  void endsASubscriptionThatIsClosedToTheUserMeanwhile() {
    FakeClient client = connect("42", "");
    client.subscribe("post:7");
    client.subscribe("post:8");
    closed.add("42 post:7");
    reconsider("42");
    fixture.live.publish("post:7", Draft.of(ByteString.copyFromUtf8("{\"a\":7}")));
    fixture.live.publish("post:8", Draft.of(ByteString.copyFromUtf8("{\"a\":8}")));
    assertThat(client.told().stream().map(Reply::getPush).filter(push -> push.hasUnsubscribe()))
        .hasSize(1)
        .allMatch(push -> push.getChannel().equals("post:7"));
    assertThat(client.told().stream().map(Reply::getPush).filter(push -> push.hasPub()))
        .hasSize(1)
        .allMatch(push -> push.getChannel().equals("post:8"));
    assertThat(client.end()).isEmpty();
  }
}
