package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.account.Tickets;
import io.freshet.account.Tokens;
import io.freshet.live.ChannelName;
import io.freshet.platform.Json;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.testkit.Anybody;
import io.freshet.testkit.RawWebSocket;
import io.freshet.testkit.RawWebSocket.Frame;
import io.freshet.web.Bearer;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The contract's channel of new posts. */
class PostedTest {
  private static final String PATH = "/post/feed/posted";
  private static final AccountId READER = new AccountId(7);
  private static final AccountId AUTHOR = new AccountId(8);
  private static final PostId HIDDEN = new PostId(666);
  private static final Tokens TOKENS =
      new Tokens(
          "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8),
          Duration.ofMinutes(15),
          LiveServer.CLOCK);

  private static final AtomicInteger ISSUED = new AtomicInteger();
  private static LiveServer server;

  @BeforeAll
  static void start() {
    Tickets tickets = new Tickets(TOKENS);
    Bearer bearer = new Bearer(TOKENS, new Anybody());
    server =
        new LiveServer(
            Duration.ofSeconds(1),
            LiveServer.ownNamespaces(),
            it ->
                List.of(
                    new TicketResource(tickets, bearer),
                    new PostedResource(
                        it.live, pass(it), PostedTest::find, bearer, tickets, it.floor)));
  }

  /** Good for 2 seconds, and twenty-five more by grace. */
  private static PostedResource.Pass pass(LiveServer it) {
    Duration life = Duration.ofSeconds(2);
    return new PostedResource.Pass(
        access -> {
          ISSUED.incrementAndGet();
          return it.tokens.issue(access.account().toString(), life, List.of());
        },
        life,
        LiveServer.CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Optional<Post> find(Optional<AccountId> viewer, PostId id) {
    return viewer.equals(Optional.of(READER)) && !id.equals(HIDDEN)
        ? Optional.of(new Post(id, AUTHOR, "text of " + id, 1, Optional.empty()))
        : Optional.empty();
  }

  private static RawWebSocket open() {
    String token = "Authorization: Bearer " + TOKENS.issue(READER);
    RawWebSocket socket = RawWebSocket.open(server.port(), PATH, token);
    assertThat(socket.status()).isEqualTo(101);
    // The handshake is answered before the connection listens.
    await().until(() -> server.live.channels().contains(ChannelName.personal(READER.value())));
    return socket;
  }

  private static void tell(String event, long post) {
    byte[] json = Json.bytes(java.util.Map.of("event", event, "post", Long.toString(post)));
    server.live.publish(ChannelName.personal(READER.value()), json, "");
  }

  /** The next text, past pings. */
  private static JsonNode next(RawWebSocket socket) {
    Frame frame = socket.next();
    while (frame.opcode() == RawWebSocket.PING) {
      socket.send(true, RawWebSocket.PONG, frame.payload());
      frame = socket.next();
    }
    return Json.MAPPER.readTree(frame.text());
  }

  private static void awaitNobody() {
    await().until(() -> server.live.connections() == 0);
  }

  private static int handshake(String... headers) {
    RawWebSocket socket = RawWebSocket.open(server.port(), PATH, headers);
    int status = socket.status();
    socket.close();
    return status;
  }

  /** Browsers send the cookie for any page: only whose Origin is ours may use it. */
  @Test
  void opensByCookieForPagesOfThisServerOnly() {
    String cookie = "Cookie: __Host-sid=" + READER;
    String ours = "Origin: http://127.0.0.1:" + server.port();
    assertThat(handshake(cookie, ours)).isEqualTo(101);
    assertThat(handshake(cookie)).isEqualTo(403);
    assertThat(handshake(cookie, "Origin: https://evil.example")).isEqualTo(403);
    assertThat(handshake(cookie, "Origin: null")).isEqualTo(403);
    assertThat(handshake(cookie, "Origin: http://127.0.0.1:1")).isEqualTo(403);
    assertThat(handshake("Cookie: other=1", ours)).isEqualTo(401);
  }

  @Test
  void tellsNewPostsAndNothingElse() {
    try (RawWebSocket socket = open()) {
      tell("updated", 40);
      tell("inserted", HIDDEN.value());
      tell("removed", 41);
      tell("reset", 0);
      tell("inserted", 42);
      JsonNode posted = next(socket);
      assertThat(posted.propertyNames())
          .containsExactlyInAnyOrder("postId", "postText", "author_user_id");
      assertThat(posted.path("postId").asString()).isEqualTo("42");
      assertThat(posted.path("postText").asString()).isEqualTo("text of 42");
      assertThat(posted.path("author_user_id").asString()).isEqualTo("8");
      socket.text("this is not in the contract");
      tell("inserted", 43);
      assertThat(next(socket).path("postId").asString()).isEqualTo("43");
    }
    awaitNobody();
  }

  @Test
  void asksWhetherTheClientLivesAndRenewsItsPass() {
    try (RawWebSocket socket = open()) {
      int before = ISSUED.get();
      socket.send(true, RawWebSocket.PONG, new byte[0]);
      for (int i = 0; i < 3; i++) {
        assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.PING);
        socket.send(true, RawWebSocket.PONG, new byte[0]);
      }
      await().until(() -> ISSUED.get() > before);
    }
    awaitNobody();
  }

  @Test
  void opensToAValidTokenOnly() {
    for (String header :
        List.of("X-Nothing: 1", "Authorization: Bearer nonsense", "Authorization: Basic eDp5")) {
      try (RawWebSocket refused = RawWebSocket.open(server.port(), PATH, header)) {
        assertThat(refused.status()).isEqualTo(401);
      }
    }
    try (RawWebSocket unknown = RawWebSocket.open(server.port(), PATH + "?ticket=nonsense")) {
      assertThat(unknown.status()).isEqualTo(401);
    }
  }

  @Test
  void opensToATicketOnce() {
    TestClient client = TestClient.to(server.port());
    assertThat(client.post("/api/v1/live/ticket", "").status()).isEqualTo(401);
    Answer issued = client.as(TOKENS.issue(READER)).post("/api/v1/live/ticket", "");
    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.text("expiresIn")).isEqualTo("30");
    String ticket = issued.text("ticket");
    assertThat(TOKENS.verify(ticket)).as("a ticket is no token").isEmpty();
    String path = PATH + "?ticket=" + ticket;
    try (RawWebSocket once = RawWebSocket.open(server.port(), path);
        RawWebSocket twice = RawWebSocket.open(server.port(), path)) {
      assertThat(once.status()).isEqualTo(101);
      assertThat(twice.status()).isEqualTo(401);
    }
    String token = TOKENS.issue(READER);
    try (RawWebSocket wrong = RawWebSocket.open(server.port(), PATH + "?ticket=" + token)) {
      assertThat(wrong.status()).as("a token is no ticket").isEqualTo(401);
    }
    awaitNobody();
  }
}
