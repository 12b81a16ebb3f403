package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.Form;
import io.freshet.testkit.SamplePictures;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pictures from the camera to the reader, over HTTP. */
class MediaApiTest {
  private static final String PATH = "/api/v1/media";

  @AutoClose private static final TestSite SITE = TestSite.open();

  private Person owner = new Person(new io.freshet.account.AccountId(1), "");
  private TestClient client = TestClient.to(1);

  @BeforeEach
  void signIn() {
    owner = SITE.person("Owner");
    client = TestClient.to(SITE.port()).as(owner.token());
  }

  @Test
  void showsAPhotoInAPostWithoutItsPlace() throws Exception {
    byte[] photo = SamplePictures.jpegWithPlace(1_000, 750, 6);
    Answer sent = upload(client, Form.withFile(photo, " A house "));
    assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    assertThat(sent.header("Location")).isEqualTo(PATH + "/" + sent.text("id"));
    assertThat(sent.text("alt")).isEqualTo("A house");
    assertThat(List.of(sent.json().path("width").asInt(), sent.json().path("height").asInt()))
        .containsExactly(750, 1_000);
    Answer post = publish("", sent.text("id"));
    assertThat(post.status()).as(post.body()).isEqualTo(201);
    JsonNode attachment =
        client.get("/api/v1/posts/" + post.text("id")).json().path("attachments").path(0);
    assertThat(attachment).isEqualTo(sent.json());
    List<String> files = new ArrayList<>(List.of(attachment.path("url").asString()));
    attachment.path("thumbnails").forEach(it -> files.add(it.path("url").asString()));
    assertThat(files).hasSize(2);
    for (String file : files) {
      HttpResponse<byte[]> got = fetch(file, Map.of());
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(new String(got.body(), StandardCharsets.ISO_8859_1))
          .doesNotContain("GPS", "Exif", "4711");
    }
  }

  @Test
  void servesWholeFilesAndParts() throws Exception {
    String url = upload(client, Form.withFile(SamplePictures.jpeg(300, 200))).text("url");
    HttpResponse<byte[]> whole = fetch(url, Map.of());
    byte[] file = whole.body();
    assertThat(header(whole, "Content-Type")).isEqualTo("image/jpeg");
    assertThat(header(whole, "Cache-Control")).contains("public", "immutable", "max-age=31536000");
    assertThat(header(whole, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(whole, "Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(header(whole, "Content-Disposition")).startsWith("inline; filename=\"");
    assertThat(header(whole, "Content-Length")).isEqualTo("" + file.length);
    String etag = header(whole, "ETag");
    assertThat(fetch(url, Map.of("If-None-Match", etag)).statusCode()).isEqualTo(304);

    HttpResponse<byte[]> part = fetch(url, Map.of("Range", "bytes=10-19"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 10, 20));
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-19/" + file.length);
    assertThat(fetch(url, Map.of("Range", "bytes=-5")).body())
        .isEqualTo(Arrays.copyOfRange(file, file.length - 5, file.length));
    assertThat(fetch(url, Map.of("Range", "bytes=7-")).body())
        .isEqualTo(Arrays.copyOfRange(file, 7, file.length));
    HttpResponse<byte[]> beyond = fetch(url, Map.of("Range", "bytes=" + file.length + "-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + file.length);
    assertThat(header(beyond, "Cache-Control")).isEqualTo("no-store");
    for (String odd : List.of("bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=-")) {
      assertThat(fetch(url, Map.of("Range", odd)).statusCode()).as(odd).isEqualTo(200);
    }
    assertThat(fetch(url, Map.of("Range", "bytes=0-1", "If-Range", "\"other\"")).statusCode())
        .isEqualTo(200);
    Answer head = client.send("HEAD", url, BodyPublishers.noBody());
    assertThat(head.header("Content-Length")).isEqualTo("" + file.length);
  }

  @Test
  void servesNothingThatItHasNotNamed() throws Exception {
    for (String name :
        List.of(
            "..%2f..%2fsecret",
            "%2e%2e",
            "0123456789abcdef0123456789abcdef.jpg",
            "0123456789abcdef0123456789abcdef.svg",
            "0123456789abcdef0123456789abcdef.jpg%00.html")) {
      assertThat(fetch("/media/" + name, Map.of()).statusCode()).as(name).isIn(400, 404);
    }
  }

  @Test
  void refusesWhatItDoesNotTake() {
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>      ".getBytes(StandardCharsets.UTF_8);
    byte[] polyglot =
        SamplePictures.join(
            SamplePictures.jpeg(10, 10), "<script>".getBytes(StandardCharsets.UTF_8));
    for (byte[] file :
        List.of(svg, polyglot, new byte[0], SamplePictures.hugePng(50_000, 50_000))) {
      Answer answer = upload(client, Form.withFile(file));
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("file");
    }
    assertThat(upload(client, new Form().field("alt", "no file").bytes()).status()).isEqualTo(400);
    assertThat(upload(client, new Form().field("role", "admin").bytes()).status()).isEqualTo(400);
    assertThat(upload(client, Form.withFile(SamplePictures.jpeg(9, 9), "x".repeat(1_501))).status())
        .isEqualTo(400);
    assertThat(client.post(PATH, Map.of("file", "x")).status()).isEqualTo(415);
    assertThat(upload(TestClient.to(SITE.port()), Form.withFile(svg)).status()).isEqualTo(401);
  }

  @Test
  void refusesAPictureOfMoreThanTenMegabytes() {
    byte[] large = Arrays.copyOf(SamplePictures.jpeg(10, 10), (10 << 20) + 1);
    Answer answer = upload(client, Form.withFile(large));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text("detail")).isEqualTo("A picture has at most 10 MB");
  }

  /** Refused by what it says of its length: whoever sent on would find the connection closed. */
  @Test
  void leavesOtherOperationsTheirLimits() throws IOException {
    String head = "POST /api/v1/posts HTTP/1.1\r\nHost: x\r\nContent-Length: 9437184\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SITE.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 413 ")
          .contains("A body has at most 8 MB");
    }
  }

  @Test
  void showsAMediumToItsOwnerOnly() {
    String id = upload(client, Form.withFile(SamplePictures.jpeg(10, 10))).text("id");
    TestClient stranger = TestClient.to(SITE.port()).as(SITE.person("Stranger").token());
    assertThat(client.get(PATH + "/" + id).text("kind")).isEqualTo("image");
    assertThat(stranger.get(PATH + "/" + id).status()).isEqualTo(404);
    assertThat(stranger.put(PATH + "/" + id, Map.of("alt", "mine")).status()).isEqualTo(404);
    assertThat(stranger.delete(PATH + "/" + id).status()).isEqualTo(404);
    Answer stolen = stranger.post("/api/v1/posts", Map.of("text", "mine", "media", List.of(id)));
    assertThat(stolen.status()).isEqualTo(400);
    assertThat(stolen.text("detail")).contains("no medium " + id);
    assertThat(client.delete(PATH + "/" + id).status()).isEqualTo(204);
    assertThat(client.get(PATH + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void attachesAMediumOnceAndForGood() {
    String id = upload(client, Form.withFile(SamplePictures.jpeg(10, 10))).text("id");
    assertThat(publish("one", id).status()).isEqualTo(201);
    Answer again = publish("two", id);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text("detail")).contains("attached already");
    Answer deleted = client.delete(PATH + "/" + id);
    assertThat(deleted.status()).isEqualTo(409);
    assertThat(deleted.text("type")).isEqualTo("urn:freshet:problem:medium-attached");
  }

  @Test
  void takesFourPicturesInTheirOrder() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(upload(client, Form.withFile(SamplePictures.jpeg(10, 10 + i))).text("id"));
    }
    assertThat(publish("five", ids.toArray(String[]::new)).status()).isEqualTo(400);
    assertThat(publish("twice", ids.get(0), ids.get(0)).status()).isEqualTo(400);
    List<String> four = List.of(ids.get(3), ids.get(0), ids.get(4), ids.get(1));
    Answer post = publish("four", four.toArray(String[]::new));
    assertThat(shown(client.get("/api/v1/posts/" + post.text("id")).json())).isEqualTo(four);
    assertThat(shown(post.json())).isEqualTo(four);
  }

  @Test
  void keepsThePicturesWhenTheTextChanges() {
    String id = upload(client, Form.withFile(SamplePictures.jpeg(10, 10))).text("id");
    String post = publish("text", id).text("id");
    assertThat(shown(client.put("/api/v1/posts/" + post, Map.of("text", "")).json()))
        .containsExactly(id);
    assertThat(client.get("/api/v1/posts/" + post).text("text")).isEmpty();
    String plain = client.post("/api/v1/posts", Map.of("text", "plain")).text("id");
    assertThat(client.put("/api/v1/posts/" + plain, Map.of("text", "")).status()).isEqualTo(400);
    assertThat(client.post("/api/v1/posts", Map.of("text", " ")).status()).isEqualTo(400);
  }

  @Test
  void describesAPictureAlsoWhenItsPostIsRead() {
    String id = upload(client, Form.withFile(SamplePictures.jpeg(10, 10))).text("id");
    String post = "/api/v1/posts/" + publish("text", id).text("id");
    int version = client.get(post).json().path("version").asInt();
    assertThat(client.put(PATH + "/" + id, Map.of("alt", "A lighthouse")).status()).isEqualTo(200);
    JsonNode after = client.get(post).json();
    assertThat(after.at("/attachments/0/alt").asString()).isEqualTo("A lighthouse");
    assertThat(after.path("version").asInt()).isGreaterThan(version);
    assertThat(after.has("editedAt")).isFalse();
  }

  @Test
  void answersARepeatedCreationWithItsPictures() {
    String id = upload(client, Form.withFile(SamplePictures.jpeg(10, 10))).text("id");
    TestClient keyed = client.with("Idempotency-Key", "k" + id);
    Answer first = keyed.post("/api/v1/posts", Map.of("text", "", "media", List.of(id)));
    Answer again = keyed.post("/api/v1/posts", Map.of("text", "", "media", List.of(id)));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(keyed.post("/api/v1/posts", Map.of("text", "x")).status()).isEqualTo(422);
  }

  private Answer publish(String text, String... media) {
    return client.post("/api/v1/posts", Map.of("text", text, "media", List.of(media)));
  }

  private static List<String> shown(JsonNode post) {
    return post.path("attachments").valueStream().map(it -> it.path("id").asString()).toList();
  }

  private static Answer upload(TestClient client, byte[] form) {
    return client
        .with("Content-Type", Form.TYPE)
        .send("POST", PATH, BodyPublishers.ofByteArray(form));
  }

  private static HttpResponse<byte[]> fetch(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SITE.port() + path));
    headers.forEach(request::header);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
