package io.freshet.security;

import io.freshet.platform.Json;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Makes what operations are about, over HTTP and as its owner. A new kind of thing needs a line in
 * {@link #kind} (what comes before its id in a path) and one in {@link #fresh}.
 */
final class Things {
  static final String TAG = "freshet";

  enum Kind {
    ACCOUNT,
    POST,
    COMMENT,
    QUESTION,
    ANSWER,
    SESSION,
    MEDIA,
    FILE,
    TAG
  }

  private static final Map<String, Kind> BY_SEGMENT =
      Map.ofEntries(
          Map.entry("accounts", Kind.ACCOUNT),
          Map.entry("follows", Kind.ACCOUNT),
          Map.entry("mutes", Kind.ACCOUNT),
          Map.entry("restrictions", Kind.ACCOUNT),
          Map.entry("/user/get", Kind.ACCOUNT),
          Map.entry("/friend/set", Kind.ACCOUNT),
          Map.entry("/friend/add", Kind.ACCOUNT),
          Map.entry("/friend/delete", Kind.ACCOUNT),
          Map.entry("/dialog", Kind.ACCOUNT),
          Map.entry("posts", Kind.POST),
          Map.entry("/post/get", Kind.POST),
          Map.entry("/post/delete", Kind.POST),
          Map.entry("comments", Kind.COMMENT),
          Map.entry("questions", Kind.QUESTION),
          Map.entry("answers", Kind.ANSWER),
          Map.entry("sessions", Kind.SESSION),
          Map.entry("media", Kind.MEDIA),
          Map.entry("/media", Kind.FILE),
          Map.entry("tags", Kind.TAG));

  private final RawHttp http;

  Things(RawHttp http) {
    this.http = http;
  }

  /** What the first parameter of a path names. */
  static Kind kind(String path) {
    String before = path.substring(0, path.indexOf("/{"));
    String segment = before.substring(before.lastIndexOf('/') + 1);
    Kind kind = BY_SEGMENT.get(before.startsWith("/api/") ? segment : before);
    if (kind == null) {
      throw new IllegalStateException(
          "Things does not know what " + path + " is about: give it a kind for " + segment);
    }
    return kind;
  }

  /** The id of a new thing of this kind that is the owner's; an account is the owner itself. */
  String fresh(Kind kind, Person owner) {
    return switch (kind) {
      case ACCOUNT -> owner.id().toString();
      case TAG -> TAG;
      case POST -> made(owner, "/api/v1/posts", Map.of("text", "A post of #" + TAG));
      case COMMENT -> comment(owner);
      case QUESTION ->
          made(owner, "/api/v1/questions", Map.of("title", "A question", "body", "What is it?"));
      case ANSWER -> answer(owner);
      case SESSION -> session(owner);
      case MEDIA -> upload(owner).path("id").asString();
      case FILE -> upload(owner).path("url").asString().replaceFirst(".*/", "");
    };
  }

  private String comment(Person owner) {
    String post = fresh(Kind.POST, owner);
    return made(owner, "/api/v1/posts/" + post + "/comments", Map.of("text", "A comment"));
  }

  private String answer(Person owner) {
    String question = fresh(Kind.QUESTION, owner);
    return made(owner, "/api/v1/questions/" + question + "/answers", Map.of("body", "An answer"));
  }

  private String session(Person owner) {
    String token = signedIn(owner).json().path("token").asString();
    Reply list = good(http.send(Call.of("GET", "/api/v1/sessions").as(token)));
    return list.json()
        .path("items")
        .valueStream()
        .filter(item -> item.path("current").asBoolean(false))
        .map(item -> item.path("id").asString())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no current session in " + list));
  }

  /** The answer to a sign-in. */
  Reply signedIn(Person person) {
    Map<String, String> credentials =
        Map.of("handle", handle(person), "password", TestSite.PASSWORD);
    return good(http.send(Call.of("POST", "/api/v1/sessions").json(Json.bytes(credentials))));
  }

  String handle(Person person) {
    Reply me = good(http.send(Call.of("GET", "/api/v1/accounts/me").as(person.token())));
    return me.json().path("handle").asString();
  }

  private JsonNode upload(Person owner) {
    Call upload = Multipart.upload(Call.of("POST", "/api/v1/media"), Picture.png());
    return good(http.send(upload.as(owner.token()))).json();
  }

  private String made(Person owner, String path, Map<String, String> body) {
    Call call = Call.of("POST", path).json(Json.bytes(body)).as(owner.token());
    return good(http.send(call)).json().path("id").asString();
  }

  static Reply good(Reply reply) {
    if (!reply.isGood()) {
      throw new IllegalStateException("could not be made: " + reply);
    }
    return reply;
  }

  /** A file in a form, as a page would send it. */
  static final class Multipart {
    private static final String BOUNDARY = "a-boundary-of-the-tests";

    private Multipart() {}

    static Call upload(Call call, byte[] file) {
      List<String> head =
          List.of(
              "--" + BOUNDARY,
              "Content-Disposition: form-data; name=\"alt\"",
              "",
              "A picture",
              "--" + BOUNDARY,
              "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"",
              "Content-Type: image/png",
              "",
              "");
      java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
      body.writeBytes(String.join("\r\n", head).getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file);
      body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      return call.bytes(body.toByteArray())
          .with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }
  }
}
