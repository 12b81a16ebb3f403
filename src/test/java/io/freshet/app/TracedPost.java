package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.RawWebSocket;
import io.freshet.web.TestClient;
import java.util.Map;

/**
 * Ada, and Bob who follows her and listens live.
 *
 * @param ada signed in where Ada posts
 */
record TracedPost(TestClient ada, RawWebSocket bob) implements AutoCloseable {
  private static final String PASSWORD = "a long enough password";

  /** The trace and the step of whoever calls. */
  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  static final String CALLER = "00f067aa0ba902b7";

  static TracedPost on(int postsTo, int listensTo) {
    Person ada = Person.of(TestClient.to(postsTo), "ada");
    Person bob = Person.of(TestClient.to(listensTo), "bob");
    assertThat(bob.client().put("/api/v1/accounts/me/follows/" + ada.id()).status()).isEqualTo(204);
    String token = bob.client().post("/api/v1/live/tokens", Map.of()).text("token");
    RawWebSocket socket = RawWebSocket.open(listensTo, "/connection/websocket");
    socket.text("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
    assertThat(socket.next().text()).contains("personal:#" + bob.id());
    return new TracedPost(ada.client(), socket);
  }

  private record Person(TestClient client, String id) {
    static Person of(TestClient client, String handle) {
      TestClient.Answer account =
          client.post(
              "/api/v1/accounts",
              Map.of("handle", handle, "password", PASSWORD, "firstName", handle));
      assertThat(account.status()).isEqualTo(201);
      TestClient.Answer session =
          client.post("/api/v1/sessions", Map.of("handle", handle, "password", PASSWORD));
      return new Person(client.as(session.text("token")), account.text("id"));
    }
  }

  /** Ada posts, as part of a trace. */
  void post(String traceparent) {
    assertThat(
            ada.with("traceparent", traceparent)
                .post("/api/v1/posts", Map.of("text", "hello"))
                .status())
        .isEqualTo(201);
  }

  /**
   * Reads what comes to Bob up to a post; a feed just built may tell him to read it anew before.
   */
  void bobHearsOfAPost() {
    String heard = bob.next().text();
    while (!heard.contains("\"event\":\"inserted\"")) {
      assertThat(heard).contains("\"event\":\"reset\"");
      heard = bob.next().text();
    }
  }

  static String sampled(String trace) {
    return "00-" + trace + "-" + CALLER + "-01";
  }

  @Override
  public void close() {
    bob.close();
  }
}
