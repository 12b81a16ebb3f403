package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.feed.Sights;
import io.freshet.platform.Page;
import io.freshet.post.Like;
import io.freshet.post.Likes;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.web.Bearer;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Who likes a post; a share's likes are its original's. */
public final class LikesResource implements Resource {
  private static final String POST = "/api/v1/posts/{id}";
  private static final String LIST = "likes";

  private final Likes likes;
  private final Sights sights;
  private final People people;
  private final AccountReads reads;
  private final Bearer bearer;

  public LikesResource(Likes likes, Sights sights, AccountReads reads, Bearer bearer) {
    this.likes = likes;
    this.sights = sights;
    this.people = reads.people();
    this.reads = reads;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put(POST + "/like", this::like),
        Route.delete(POST + "/like", this::unlike),
        Route.get(POST + "/likes", this::list));
  }

  private void like(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Post post = sights.subjectOf(caller, id).orElseThrow(() -> PostsResource.notFound(id));
    if (post.isQuestion()) {
      throw Problem.invalid("id", "this post is a question: vote for it").thrown();
    }
    likes.put(caller, post.id());
    Replies.noContent(response);
  }

  /** Also of a post that the caller does not see any more. */
  private void unlike(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Optional<Post> post = sights.subject(Optional.of(caller), id);
    if (!likes.remove(caller, post.map(Post::id).orElse(id)) && post.isEmpty()) {
      throw PostsResource.notFound(id);
    }
    Replies.noContent(response);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    long before = Params.before(request, LIST);
    int limit = Params.limit(request);
    Post post = sights.subject(viewer, id).orElseThrow(() -> PostsResource.notFound(id));
    Page<AccountId> page =
        likes.list(post.id(), sights.hiddenFrom(viewer), before, limit).map(Like::account);
    Page<Account> found = people.of(page);
    Replies.page(request, response, LIST, found, reads.listed(viewer));
  }
}
