package io.freshet.chaos;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.ApiClient.Ask;
import io.freshet.testkit.ApiClient.Reply;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Turns acts into requests and replies into answers. */
final class Wire {
  private final ApiClient api;
  private final People people;

  /** An answer and, of a page, where the next one begins. */
  record Heard(Answer answer, Optional<String> cursor) {
    List<Shown> posts() {
      return answer instanceof Answer.Done(var posts, _) ? posts : List.of();
    }
  }

  Wire(ApiClient api, People people) {
    this.api = api;
    this.people = people;
  }

  Heard ask(String address, Act act) throws InterruptedException {
    try {
      return heard(act, api.send(request(address + "/api/v1/", act)));
    } catch (HttpConnectTimeoutException e) {
      return new Heard(new Answer.None(false, e.toString()), Optional.empty());
    } catch (HttpTimeoutException e) {
      return new Heard(new Answer.None(true, e.toString()), Optional.empty());
    } catch (IOException e) {
      return new Heard(new Answer.None(false, e.toString()), Optional.empty());
    }
  }

  private Ask request(String api, Act act) {
    return switch (act) {
      case Act.Publish(int author, String key) ->
          Ask.of("POST", api + "posts", people.token(author), text(key))
              .with("Idempotency-Key", key.replace(' ', '-'));
      case Act.Edit(int author, long post, String text) ->
          Ask.of("PUT", api + "posts/" + post, people.token(author), text(text));
      case Act.Delete(int author, long post) ->
          Ask.of("DELETE", api + "posts/" + post, people.token(author), "");
      case Act.Like(int viewer, long post) -> mark("PUT", api, viewer, "like", post);
      case Act.Unlike(int viewer, long post) -> mark("DELETE", api, viewer, "like", post);
      case Act.Comment(int author, long post, String key) ->
          Ask.of("POST", api + "posts/" + post + "/comments", people.token(author), text(key))
              .with("Idempotency-Key", key.replace(' ', '-'));
      case Act.Share(int sharer, long post) -> mark("PUT", api, sharer, "share", post);
      case Act.Unshare(int sharer, long post) -> mark("DELETE", api, sharer, "share", post);
      case Act.Follow(int viewer, int author) -> edge("PUT", api, viewer, "follows", author);
      case Act.Unfollow(int viewer, int author) -> edge("DELETE", api, viewer, "follows", author);
      case Act.Mute(int viewer, int author) -> edge("PUT", api, viewer, "mutes", author);
      case Act.Unmute(int viewer, int author) -> edge("DELETE", api, viewer, "mutes", author);
      case Act.Restrict(int author, int viewer) -> edge("PUT", api, author, "restrictions", viewer);
      case Act.Unrestrict(int author, int viewer) ->
          edge("DELETE", api, author, "restrictions", viewer);
      case Act.ReadFeed(int viewer, int limit, Optional<String> cursor, _) ->
          Ask.of(
              "GET",
              api + "feed?limit=" + limit + cursor.map(at -> "&cursor=" + at).orElse(""),
              people.token(viewer),
              "");
      case Act.ReadAuthor(int viewer, int author) ->
          Ask.of(
              "GET",
              api + "accounts/" + people.id(author) + "/posts?limit=100",
              people.token(viewer),
              "");
      case Act.ReadPost(int viewer, long post) ->
          Ask.of("GET", api + "posts/" + post, people.token(viewer), "");
    };
  }

  private Ask mark(String method, String api, int caller, String what, long post) {
    return Ask.of(method, api + "posts/" + post + "/" + what, people.token(caller), "");
  }

  private Ask edge(String method, String api, int caller, String list, int other) {
    return Ask.of(
        method, api + "accounts/me/" + list + "/" + people.id(other), people.token(caller), "");
  }

  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static Heard heard(Act act, Reply reply) {
    if (reply.status() >= 500) {
      return new Heard(
          new Answer.Failed(reply.status(), reply.retryAfter(), reply.text()), Optional.empty());
    }
    if (!reply.isDone()) {
      return new Heard(new Answer.Refused(reply.status(), reply.text()), Optional.empty());
    }
    JsonNode json = reply.json();
    List<Shown> posts = new ArrayList<>();
    if (act instanceof Act.ReadFeed || act instanceof Act.ReadAuthor) {
      json.path("items").forEach(post -> posts.add(shown(post)));
    } else if (act instanceof Act.ReadPost
        || act instanceof Act.Publish
        || act instanceof Act.Share) {
      posts.add(shown(json));
    }
    Optional<String> cursor = json.path("nextCursor").asStringOpt();
    return new Heard(new Answer.Done(posts, cursor.isPresent()), cursor);
  }

  private static Shown shown(JsonNode post) {
    JsonNode original = post.path("original");
    JsonNode shown = original.isMissingNode() ? post : original;
    return new Shown(
        id(post),
        id(post.path("author")),
        shown.path("text").asString(),
        original.isMissingNode() ? 0 : id(original),
        original.isMissingNode() ? 0 : id(original.path("author")),
        shown.at("/counts/likes").asInt(0),
        shown.at("/counts/comments").asInt(0),
        Optional.of(shown.at("/viewer/liked"))
            .filter(JsonNode::isBoolean)
            .map(JsonNode::asBoolean));
  }

  private static long id(JsonNode of) {
    return Long.parseLong(of.path("id").asString());
  }
}
