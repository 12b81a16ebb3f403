package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.feed.Feeds;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.Posts;
import io.freshet.post.Published;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.FeedPages;
import io.freshet.web.IdempotencyKey;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.WebException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Single posts: written, read, edited, deleted. */
public final class PostsResource implements Resource {
  private static final String PATH = "/api/v1/posts";

  private final Posts posts;
  private final Feeds feeds;
  private final FeedPages pages;
  private final Bearer bearer;
  private final Bodies bodies;

  public PostsResource(Posts posts, Feeds feeds, FeedPages pages, Bearer bearer, Bodies bodies) {
    this.posts = posts;
    this.feeds = feeds;
    this.pages = pages;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Draft(@JsonProperty(required = true) String text, Optional<List<String>> media) {
    List<Long> mediaIds() {
      return media.orElse(List.of()).stream().map(id -> Params.id("media", id)).toList();
    }
  }

  record Change(@JsonProperty(required = true) String text) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PATH, this::publish),
        Route.post("/feed", this::publish),
        Route.get(PATH + "/{id}", this::show),
        Route.put(PATH + "/{id}", this::edit),
        Route.delete(PATH + "/{id}", this::delete));
  }

  private void publish(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Optional<String> key = IdempotencyKey.of(request);
    Draft draft = bodies.read(request, Draft.class);
    Published published = posts.publish(caller, draft.text(), draft.mediaIds(), key);
    response.header(HeaderNames.LOCATION, PATH + "/" + published.post().id());
    if (published.replayed()) {
      IdempotencyKey.markReplayed(response);
    }
    response.status(Status.CREATED_201);
    Replies.bytes(response, json(published.post(), caller));
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    byte[] json =
        feeds
            .post(viewer, id)
            .flatMap(post -> pages.json(post, viewer))
            .orElseThrow(() -> notFound(id));
    pages.send(request, response, json);
  }

  private void edit(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Post edited = posts.edit(caller, id, bodies.read(request, Change.class).text());
    Replies.bytes(response, json(edited, caller));
  }

  private void delete(ServerRequest request, ServerResponse response) {
    posts.delete(bearer.caller(request), new PostId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }

  private byte[] json(Post post, AccountId caller) {
    return pages.json(post, Optional.of(caller)).orElseThrow(() -> notFound(post.id()));
  }

  static WebException notFound(PostId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no post " + id).thrown();
  }
}
