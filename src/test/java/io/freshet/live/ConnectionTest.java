package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectResult;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.PresenceRequest;
import io.freshet.live.protocol.PublishRequest;
import io.freshet.live.protocol.RefreshRequest;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.SendRequest;
import io.freshet.live.protocol.UnsubscribeRequest;
import io.freshet.live.protocol.Whose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection answers, and when it is closed. */
class ConnectionTest {
  private static final String CHAT = "chat:room";

  private final LiveFixture fixture = new LiveFixture();

  @Test
  void greetsWithTheTermsAndThePersonalChannel() {
    FakeClient client = fixture.connected("42");
    ConnectResult result = client.told().getFirst().getConnect();
    assertThat(result.getPing()).isEqualTo(25);
    assertThat(result.getPong()).isTrue();
    assertThat(result.getExpires()).isTrue();
    assertThat(result.getTtl()).isEqualTo(600);
    assertThat(result.getSubsMap().keySet()).containsExactly("personal:#42");
    assertThat(result.getSession()).isEmpty();
  }

  @Test
  void closesWhatIsNoProtocol() {
    for (String frame : List.of("{", "[]", "{\"id\":1,\"subscribe\":{\"channel\":\"a\"}}", "{}")) {
      FakeClient client = new FakeClient(fixture.live);
      client.connection().receive(frame.getBytes(StandardCharsets.UTF_8));
      assertThat(client.end()).as(frame).contains(Disconnect.BAD_REQUEST);
    }
    FakeClient twice = FakeClient.anonymous(fixture.live);
    twice.connect(request -> request);
    assertThat(twice.end()).contains(Disconnect.BAD_REQUEST);
    FakeClient sends = FakeClient.anonymous(fixture.live);
    sends.ask(command -> command.setSend(SendRequest.getDefaultInstance()));
    assertThat(sends.end()).contains(Disconnect.NOT_AVAILABLE);
  }

  @Test
  void handlesTheCommandsOfAFrameInOrderAndDropsTheRestAfterAClose() {
    FakeClient client = new FakeClient(fixture.live);
    client
        .connection()
        .receive(
            ("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + CHAT + "\"}}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(client.told()).extracting(Reply::getId).startsWith(1, 2);
    FakeClient refused = new FakeClient(fixture.live);
    refused
        .connection()
        .receive(
            ("{\"id\":1,\"connect\":{\"token\":\"x\"}}\n{\"id\":2,\"subscribe\":{\"channel\":\""
                    + CHAT
                    + "\"}}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(refused.end()).contains(Disconnect.INVALID_TOKEN);
    assertThat(refused.told()).isEmpty();
  }

  @Test
  void letsAClientWithAnExpiredTokenGoAndFetchAnother() {
    String token = fixture.token("42");
    fixture.clock.advance(Duration.ofMinutes(10));
    FakeClient client = new FakeClient(fixture.live);
    Reply reply = client.connect(request -> request.setToken(token));
    assertThat(reply.getError().getCode()).isEqualTo(109);
    assertThat(client.end()).isEmpty();
    client.subscribe(CHAT);
    assertThat(client.end()).contains(Disconnect.BAD_REQUEST);
  }

  @Test
  void closesTheSilentAndTheExpiredAndThoseWhoDoNotAnswer() {
    FakeClient silent = new FakeClient(fixture.live);
    FakeClient mute = fixture.connected("42");
    fixture.run(Duration.ofSeconds(9));
    assertThat(silent.end()).isEmpty();
    fixture.run(Duration.ofSeconds(1));
    assertThat(silent.end()).contains(Disconnect.STALE);
    fixture.run(Duration.ofSeconds(15));
    assertThat(mute.pings()).isEqualTo(1);
    fixture.run(Duration.ofSeconds(8));
    assertThat(mute.end()).contains(Disconnect.NO_PONG);
  }

  @Test
  void keepsWhoAnswersUntilTheTokenEndsAndLongerWithANewOne() {
    FakeClient client = fixture.connected("42");
    FakeClient refreshed = fixture.connected("43");
    for (int minute = 0; minute < 9; minute++) {
      runAndAnswer(Duration.ofMinutes(1), client, refreshed);
    }
    Reply reply = refreshed.ask(command -> refresh(command, fixture.token("43")));
    assertThat(reply.getRefresh().getTtl()).isEqualTo(600);
    runAndAnswer(Duration.ofSeconds(90), client, refreshed);
    assertThat(client.end()).contains(Disconnect.EXPIRED);
    assertThat(refreshed.end()).isEmpty();
  }

  private void runAndAnswer(Duration time, FakeClient... clients) {
    for (long second = 0; second < time.toSeconds(); second++) {
      long[] before = new long[clients.length];
      for (int i = 0; i < clients.length; i++) {
        before[i] = clients[i].pings();
      }
      fixture.run(Duration.ofSeconds(1));
      for (int i = 0; i < clients.length; i++) {
        if (clients[i].pings() > before[i]) {
          clients[i].pong();
        }
      }
    }
  }

  private static Command.Builder refresh(Command.Builder command, String token) {
    return command.setRefresh(RefreshRequest.newBuilder().setToken(token));
  }

  @Test
  void refusesTheTokenOfSomebodyElseAtRefresh() {
    FakeClient client = fixture.connected("42");
    client.ask(command -> refresh(command, fixture.token("43")));
    assertThat(client.end()).contains(Disconnect.INVALID_TOKEN);
  }

  @Test
  void refusesChannelsByTheirRules() {
    FakeClient client = fixture.connected("42");
    assertThat(error(client, "nowhere:x")).isEqualTo(102);
    assertThat(error(client, "a".repeat(256))).isEqualTo(107);
    assertThat(error(client, "personal:#43")).isEqualTo(103);
    assertThat(error(client, "author:7")).isEqualTo(103);
    assertThat(error(client, "$" + CHAT)).isEqualTo(103);
    assertThat(error(client, "personal:#42")).isEqualTo(105);
    assertThat(client.subscribe("question:1").hasSubscribe()).isTrue();
    assertThat(FakeClient.anonymous(fixture.live).subscribe("post:1").hasSubscribe()).isTrue();
  }

  private static int error(FakeClient client, String channel) {
    return client.subscribe(channel).getError().getCode();
  }

  @Test
  void opensALimitedChannelToThoseItNamesOnly() {
    assertThat(fixture.connected("42").subscribe("club:room#41,42").hasSubscribe()).isTrue();
    assertThat(error(fixture.connected("43"), "club:room#41,42")).isEqualTo(103);
    assertThat(error(FakeClient.anonymous(fixture.live), "club:room#")).isEqualTo(103);
    assertThat(error(fixture.connected("42"), "fleeting:room#42")).isEqualTo(103);
  }

  @Test
  void limitsTheChannelsOfAClient() {
    FakeClient ada = fixture.connected("42");
    for (int i = 1; i < LiveConfig.MAX_SUBSCRIPTIONS; i++) {
      assertThat(ada.subscribe("question:" + i).hasSubscribe()).isTrue();
    }
    assertThat(error(ada, "question:more")).as("her own is one of them").isEqualTo(106);
    FakeClient nobody = FakeClient.anonymous(fixture.live);
    for (int i = 0; i < LiveConfig.MAX_ANONYMOUS_SUBSCRIPTIONS; i++) {
      assertThat(nobody.subscribe("question:" + i).hasSubscribe()).isTrue();
    }
    assertThat(error(nobody, "question:more")).isEqualTo(106);
  }

  @Test
  void keepsNoChannelThatThereIsNot() {
    LiveFixture picky =
        new LiveFixture(
            new Readers() {
              @Override
              public List<String> channels(String user) {
                return List.of();
              }

              @Override
              public boolean mayHear(String user, ChannelName channel) {
                return channel.text().equals("post:1") && user.isEmpty();
              }
            });
    assertThat(error(FakeClient.anonymous(picky.live), "post:2")).isEqualTo(102);
    assertThat(error(picky.connected("42"), "post:1")).isEqualTo(102);
    assertThat(picky.live.channels()).isEmpty();
    assertThat(FakeClient.anonymous(picky.live).subscribe("post:1").hasSubscribe()).isTrue();
    assertThat(picky.connected("42").subscribe("club:room#42").hasSubscribe())
        .as("a limited one is whose name it bears")
        .isTrue();
  }

  @Test
  void pushesAPublicationToItsAuthorBeforeTheReply() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    assertThat(publish(client).getError().getCode()).isEqualTo(103);
    client.subscribe(CHAT);
    Reply reply = publish(client);
    assertThat(reply.hasPublish()).isTrue();
    assertThat(client.told().getLast()).isEqualTo(reply);
    assertThat(client.heard(CHAT)).containsExactly("{\"a\": [1,  2.50]}");
  }

  private static Reply publish(FakeClient client) {
    return client.ask(command ->
        command.setPublish(
            PublishRequest.newBuilder()
                .setChannel(CHAT)
                .setData(com.google.protobuf.ByteString.copyFromUtf8("{\"a\": [1,  2.50]}"))));
  }

  @Test
  void tellsWhoIsThereAndWhoComesAndGoes() {
    FakeClient first = fixture.connected("42");
    first.subscribe(CHAT, request -> request.setJoinLeave(true));
    FakeClient second = fixture.connected("43");
    second.subscribe(CHAT);
    Reply present =
        first.ask(command -> command.setPresence(PresenceRequest.newBuilder().setChannel(CHAT)));
    assertThat(present.getPresence().getPresenceMap().values())
        .extracting(info -> info.getUser())
        .containsExactlyInAnyOrder("42", "43");
    second.vanish();
    assertThat(first.pushes().stream().filter(push -> push.hasJoin()).count()).isEqualTo(2);
    assertThat(first.pushes().getLast().getLeave().getInfo().getUser()).isEqualTo("43");
    assertThat(fixture.live.presence(CHAT)).hasSize(1);
  }

  @Test
  void answersHistoryToSubscribersOnly() {
    fixture.publish(CHAT, "a");
    fixture.publish(CHAT, "b");
    FakeClient client = FakeClient.anonymous(fixture.live);
    assertThat(history(client, -1).getError().getCode()).isEqualTo(103);
    client.subscribe(CHAT);
    assertThat(history(client, -1).getHistory().getPublicationsCount()).isEqualTo(2);
    assertThat(history(client, 0).getHistory().getOffset()).isEqualTo(2);
    assertThat(history(client, 0).getHistory().getPublicationsCount()).isZero();
  }

  private static Reply history(FakeClient client, int limit) {
    return client.ask(command ->
        command.setHistory(HistoryRequest.newBuilder().setChannel(CHAT).setLimit(limit)));
  }

  @Test
  void hearsNothingMoreOfAChannelItHasLeft() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    client.subscribe(CHAT);
    Reply reply =
        client.ask(
            command -> command.setUnsubscribe(UnsubscribeRequest.newBuilder().setChannel(CHAT)));
    assertThat(reply.hasUnsubscribe()).isTrue();
    fixture.publish(CHAT, "a");
    assertThat(client.heard(CHAT)).isEmpty();
    assertThat(fixture.live.channels()).isEmpty();
  }

  @Test
  void followsWhatTheServerDoesToItsUser() {
    FakeClient client = fixture.connected("42");
    FakeClient other = fixture.connected("43");
    client.subscribe(CHAT);
    Whose whose = Whose.newBuilder().setUser("42").build();
    fixture.live.unsubscribe(whose, CHAT);
    assertThat(client.pushes().getLast().getUnsubscribe().getCode()).isEqualTo(2000);
    fixture.live.subscribe(whose, "fleeting:x");
    assertThat(client.pushes().getLast().getChannel()).isEqualTo("fleeting:x");
    fixture.publish("fleeting:x", "a");
    assertThat(client.heard("fleeting:x")).containsExactly("\"a\"");
    fixture.live.disconnect(whose, new Disconnect(4500, "enough"), List.of());
    assertThat(client.end()).contains(new Disconnect(4500, "enough"));
    assertThat(other.end()).isEmpty();
  }

  @Test
  void sendsEveryoneAwayAndTakesNobodyWhenItStops() {
    FakeClient client = fixture.connected("42");
    int[] pauses = {0};
    FakeClient other = fixture.connected("43");
    fixture.live.drain(2, () -> pauses[0]++);
    assertThat(client.end()).contains(Disconnect.SHUTDOWN);
    assertThat(other.end()).contains(Disconnect.SHUTDOWN);
    assertThat(pauses[0]).isEqualTo(1);
    assertThat(new FakeClient(fixture.live).end()).contains(Disconnect.SHUTDOWN);
  }
}
