package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.platform.ForwardedHeader;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.limits.Addresses;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.TestLimits;
import io.helidon.http.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one caller may ask for, over HTTP. Each test asks from addresses of its own. */
class RateLimitsTest {
  private static final Map<String, String> LOW =
      Map.of(
          "signedIn", "8/1h",
          "anonymous", "6/1h",
          "signUps", "2/1h",
          "signIns", "3/1h",
          "posts", "2/1h",
          "live", "4/1h",
          "inFlight", "1");

  private static Database database;
  private static TestSite site;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database, TestLimits.of(LOW, TestLimits.LOOPBACK));
  }

  @AfterAll
  static void stop() {
    site.close();
    database.close();
  }

  private static TestClient from(String address) {
    return TestClient.to(site.port()).with("X-Forwarded-For", address);
  }

  private static List<Integer> statuses(int times, java.util.function.Supplier<Answer> call) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(call.get().status());
    }
    return statuses;
  }

  private static void assertRefused(Answer answer, String policy) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(429);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("urn:freshet:problem:too-many-requests");
    assertThat(answer.text("detail")).contains("\"" + policy + "\"");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 3_600);
    assertThat(String.join(", ", answer.headers().getOrDefault("ratelimit", List.of())))
        .contains("\"" + policy + "\";r=0;t=");
  }

  @Test
  void saysWhatIsLeftAndThenRefuses() {
    TestClient client = from("203.0.113.1");
    Answer first = client.get("/api/v1/accounts?handle=nobody");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"anonymous\";q=6;w=3600");
    assertThat(first.header("RateLimit")).matches("\"anonymous\";r=5;t=(599|600)");
    assertThat(statuses(5, () -> client.get("/api/v1/accounts/1"))).containsOnly(404);
    assertRefused(client.get("/api/v1/accounts?handle=nobody"), "anonymous");
    assertThat(from("203.0.113.2").get("/api/v1/accounts/1").status()).isEqualTo(404);
  }

  @Test
  void countsThePageTowardsTheCallerButNotItsFiles() {
    TestClient client = from("203.0.113.9");
    for (String file : List.of("/assets/app-1a2b3c4d.js", "/icon.svg")) {
      assertThat(statuses(10, () -> client.get(file))).containsOnly(200);
    }
    assertThat(client.get("/icon.svg").header("RateLimit-Policy")).startsWith("\"downloads\"");
    assertThat(statuses(3, () -> client.get("/questions"))).containsOnly(200);
    assertThat(statuses(3, () -> client.get("/nothing/here"))).containsOnly(404);
    assertRefused(client.get("/questions"), "anonymous");
    assertRefused(client.get("/nothing/here"), "anonymous");
  }

  @Test
  void limitsAnAccountWhereverItCallsFrom() {
    TestSite.Person ada = site.person("Ada");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      TestClient somewhere = from("203.0.114." + i).as(ada.token());
      statuses.add(somewhere.get("/api/v1/accounts/me").status());
    }
    assertThat(statuses).startsWith(200, 200).endsWith(200, 429);
    TestSite.Person bob = site.person("Bob");
    assertThat(from("203.0.114.1").as(bob.token()).get("/api/v1/accounts/me").status())
        .isEqualTo(200);
  }

  @Test
  void countsABadTokenTowardsTheAddress() {
    TestClient guesser = from("203.0.113.3").as("guess");
    assertThat(statuses(6, () -> guesser.get("/api/v1/accounts/me"))).containsOnly(401);
    assertRefused(guesser.get("/api/v1/accounts/me"), "anonymous");
  }

  @Test
  void takesAnIpv6NetworkAsOneCaller() {
    for (int i = 0; i < 6; i++) {
      assertThat(from("2001:db8:1:1::" + (i + 1)).get("/api/v1/accounts/1").status())
          .isEqualTo(404);
    }
    assertRefused(from("2001:db8:1:1:a:b:c:d").get("/api/v1/accounts/1"), "anonymous");
    assertThat(from("2001:db8:1:2::1").get("/api/v1/accounts/1").status()).isEqualTo(404);
  }

  @Test
  void isNotFooledByWhatAClientSaysOfItself() {
    for (int i = 0; i < 6; i++) {
      TestClient spoofing = from("198.51.100." + i + ", 203.0.113.4");
      assertThat(spoofing.with("Forwarded", "for=198.51.100." + i).get("/api/v1/accounts/1"))
          .extracting(Answer::status)
          .isEqualTo(404);
    }
    assertRefused(from("198.51.100.77, 203.0.113.4").get("/api/v1/accounts/1"), "anonymous");
  }

  @Test
  void believesNobodyWithoutTrustedProxies() {
    try (TestSite open = TestSite.on(database, TestLimits.of(LOW, List.of()))) {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        TestClient spoofing =
            TestClient.to(open.port())
                .with("X-Forwarded-For", "198.51.100." + i)
                .with("Forwarded", "for=198.51.100." + i)
                .with("X-Real-IP", "198.51.100." + i);
        statuses.add(spoofing.get("/api/v1/accounts/1").status());
      }
      assertThat(statuses).endsWith(404, 429);
    }
  }

  @Test
  void limitsRegistrationsOfAnAddress() {
    TestClient client = from("203.0.113.5");
    Map<String, String> empty = Map.of();
    assertThat(client.post("/api/v1/accounts", empty).status()).isEqualTo(400);
    assertThat(client.post("/user/register", empty).status()).isEqualTo(400);
    assertRefused(client.post("/api/v1/accounts", empty), "sign-up");
    assertRefused(client.post("/user/register", empty), "sign-up");
    assertThat(client.get("/api/v1/accounts/1").status()).isEqualTo(404);
  }

  @Test
  void limitsAttemptsOnOneHandleFromWhereverTheyCome() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Map<String, String> guess =
          Map.of("handle", i % 2 == 0 ? "victim" : "VICTIM", "password", "guess number " + i);
      answers.add(from("203.0.115." + i).post("/api/v1/sessions", guess));
    }
    assertThat(answers.subList(0, 3)).extracting(Answer::status).containsOnly(401);
    assertRefused(answers.getLast(), "sign-in-name");
  }

  @Test
  void limitsAttemptsFromOneAddressOnWhateverHandle() {
    TestClient client = from("203.0.113.6");
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Map<String, String> guess = Map.of("handle", "someone" + i, "password", "password one two");
      answers.add(client.post("/api/v1/sessions", guess));
    }
    assertThat(answers.subList(0, 3)).extracting(Answer::status).containsOnly(401);
    assertRefused(answers.getLast(), "sign-in");
  }

  @Test
  void limitsPostsOfAnAccountThroughEitherApi() {
    TestClient ada = from("203.0.113.7").as(site.person("Ada").token());
    assertThat(ada.post("/api/v1/posts", Map.of("text", "one")).status()).isEqualTo(201);
    assertThat(ada.post("/post/create", Map.of("text", "two")).status()).isEqualTo(200);
    assertRefused(ada.post("/api/v1/posts", Map.of("text", "three")), "posts");
    assertThat(ada.get("/api/v1/feed").status()).as("reading goes on").isEqualTo(200);
  }

  @Test
  void countsLiveConnectionsApart() {
    TestClient client = from("203.0.113.8");
    assertThat(statuses(4, () -> client.get("/connection/websocket"))).containsOnly(426);
    assertRefused(client.get("/connection/websocket"), "live");
    assertThat(client.get("/api/v1/accounts/1").status()).isEqualTo(404);
  }

  @Test
  void leavesTheProbesAlone() {
    TestClient client = from("203.0.113.9");
    assertThat(statuses(20, () -> client.get("/health/live"))).containsOnly(200);
    assertThat(client.get("/health/live").headers()).doesNotContainKey("ratelimit");
  }

  @Test
  void refusesMoreRequestsAtOnceThanItMayWorkOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Resource slow =
        () ->
            List.of(
                Route.get(
                    "/slow",
                    (in, out) -> {
                      entered.countDown();
                      leave.await();
                      Replies.json(out, Status.OK_200, "done");
                    }));
    Resource limited =
        TestLimits.of(LOW, TestLimits.LOOPBACK)
            .over(
                slow, new Bearer(site.site().signIns().tokens(), site.site().signIns().sessions()));
    try (HttpServer server =
        HttpServer.start(config(Connections.unlimited()), List.of(limited), 1)) {
      TestClient client = TestClient.to(server.port());
      CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> client.get("/slow"));
      entered.await();
      Answer refused = client.get("/slow");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).matches("[1-4]");
      leave.countDown();
      assertThat(first.get().status()).isEqualTo(200);
      assertThat(client.get("/slow").status()).as("its place is free again").isEqualTo(200);
    }
  }

  @Test
  void refusesMoreConnectionsOfOneAddressThanItMayHave() throws IOException {
    Connections two =
        Connections.atMost(2, new Addresses(List.of(), ForwardedHeader.X_FORWARDED_FOR));
    try (HttpServer server = HttpServer.start(config(two), List.of(), 1)) {
      Socket first = connect(server);
      Socket second = connect(server);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(refusal(server)).startsWith("HTTP/1.1 503").contains("Retry-After: 5"));
      assertThat(two.refused()).isPositive();
      first.close();
      second.close();
      Awaitility.await()
          .untilAsserted(() -> assertThat(refusal(server)).startsWith("HTTP/1.1 404"));
    }
  }

  @Test
  void doesNotCountTheConnectionsOfATrustedProxy() throws IOException {
    Connections one =
        Connections.atMost(1, new Addresses(TestLimits.LOOPBACK, ForwardedHeader.X_FORWARDED_FOR));
    try (HttpServer server = HttpServer.start(config(one), List.of(), 1);
        Socket first = connect(server);
        Socket second = connect(server)) {
      assertThat(refusal(server)).startsWith("HTTP/1.1 404");
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  private static HttpConfig config(Connections connections) {
    return new HttpConfig(
        "127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(5), connections);
  }

  private static Socket connect(HttpServer server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** What one more connection is answered. */
  private static String refusal(HttpServer server) throws IOException {
    try (Socket socket = connect(server)) {
      socket.setSoTimeout(10_000);
      String request = "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(90), StandardCharsets.UTF_8);
    } catch (SocketException refused) {
      // It was hung up on while it still spoke.
      return "";
    }
  }

  @Test
  void namesOnlyOperationsThatThereAre() {
    List<String> routes =
        site.site().resources().stream()
            .flatMap(resource -> resource.routes().stream())
            .map(route -> route.method().text() + " " + route.path())
            .toList();
    assertThat(routes).containsAll(TestLimits.namedOperations());
  }
}
