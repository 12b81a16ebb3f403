package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.Feeds;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.Posts;
import io.freshet.post.Published;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contract's posts: three fields each, and a feed by offset and limit. */
public final class PostResource implements Resource {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT =
      100; // the contract names none; more than this is answered with this
  private static final int MAX_OFFSET =
      10_000; // ten times what the cache holds; deeper walks have /api/v1/feed and its cursors

  private final Posts posts;
  private final Feeds feeds;
  private final FeedReaders readers;
  private final Bearer bearer;
  private final Bodies bodies;

  public PostResource(Posts posts, Feeds feeds, FeedReaders readers, Bearer bearer, Bodies bodies) {
    this.posts = posts;
    this.feeds = feeds;
    this.readers = readers;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record NewPost(@JsonProperty(required = true) String text) {}

  record ChangedPost(
      @JsonProperty(required = true) String id, @JsonProperty(required = true) String text) {}

  record DeletedPost(@JsonProperty(required = true) String id) {}

  record PostView(String id, String text, @JsonProperty("author_user_id") String author) {
    static PostView of(Post post) {
      return new PostView(post.id().toString(), post.text(), post.author().toString());
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/post/create", this::create),
        Route.put("/post/update", this::update),
        Route.put("/post/delete/{id}", this::deleteInPath),
        Route.post("/post/delete", this::deleteInBody),
        Route.get("/post/get/{id}", this::show),
        Route.get("/post/feed", this::feed));
  }

  private void create(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Published published =
        posts.publish(caller, bodies.read(request, NewPost.class).text(), Optional.empty());
    Replies.json(response, Status.OK_200, published.post().id().toString());
  }

  private void update(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    ChangedPost body = bodies.read(request, ChangedPost.class);
    posts.edit(caller, new PostId(Params.id("id", body.id())), body.text());
    response.send();
  }

  private void deleteInPath(ServerRequest request, ServerResponse response) {
    posts.delete(bearer.caller(request), new PostId(Params.pathId(request, "id")));
    response.send();
  }

  private void deleteInBody(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    posts.delete(caller, new PostId(Params.id("id", bodies.read(request, DeletedPost.class).id())));
    response.send();
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Post post =
        feeds
            .post(viewer, id)
            .map(posts::plain)
            .orElseThrow(() -> Problem.invalid("id", "names no post").thrown());
    Replies.json(response, Status.OK_200, PostView.of(post));
  }

  private void feed(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    int offset = number(request, "offset", 0, MAX_OFFSET, 0);
    readers.note(caller.value());
    int limit = Math.min(MAX_LIMIT, number(request, "limit", 1, Integer.MAX_VALUE, DEFAULT_LIMIT));
    Replies.json(
        response,
        Status.OK_200,
        slice(caller, offset, limit).stream().map(posts::plain).map(PostView::of).toList());
  }

  /** Walks the feed by key from the top: an offset has no other meaning while posts come and go. */
  private List<Post> slice(AccountId caller, int offset, int limit) {
    List<Post> walked = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (walked.size() < offset + limit) {
      Page<Post> page =
          feeds.page(caller, before, Math.min(MAX_LIMIT, offset + limit - walked.size()));
      walked.addAll(page.items());
      if (page.next().isEmpty()) {
        break;
      }
      before = page.next().getAsLong();
    }
    return walked.subList(Math.min(offset, walked.size()), walked.size());
  }

  /** The contract says number, not integer: 10 and 10.0 are the same, 10.5 posts there are not. */
  private static int number(ServerRequest request, String name, int min, int max, int otherwise) {
    Optional<String> text = Params.query(request, name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      BigDecimal value = new BigDecimal(text.get());
      if (value.scale() > -10 && value.compareTo(BigDecimal.valueOf(min)) >= 0) {
        int whole = value.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValueExact();
        if (whole <= max) {
          return whole;
        }
      }
    } catch (ArithmeticException | NumberFormatException notWhole) {
      // falls through to the problem below
    }
    throw Problem.invalid(name, "must be a whole number from " + min + " to " + max).thrown();
  }
}
