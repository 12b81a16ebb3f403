package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.feed.Feeds;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.Published;
import io.freshet.post.Shares;
import io.freshet.web.Bearer;
import io.freshet.web.FeedPages;
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

/** Shares: given, taken back, and who shared. Sharing a share shares what it shows. */
public final class SharesResource implements Resource {
  private static final String POSTS = "/api/v1/posts/";
  private static final String LIST = "shares";

  private final Shares shares;
  private final Feeds feeds;
  private final FeedPages pages;
  private final People people;
  private final AccountReads reads;
  private final Bearer bearer;

  public SharesResource(
      Shares shares, Feeds feeds, FeedPages pages, AccountReads reads, Bearer bearer) {
    this.shares = shares;
    this.feeds = feeds;
    this.pages = pages;
    this.people = reads.people();
    this.reads = reads;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put(POSTS + "{id}/share", this::share),
        Route.delete(POSTS + "{id}/share", this::unshare),
        Route.get(POSTS + "{id}/shares", this::list));
  }

  private void share(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Post post = post(request, Optional.of(caller));
    Published share = shares.share(caller, post);
    byte[] json =
        pages
            .json(share.post(), Optional.of(caller))
            .orElseThrow(() -> notFound(share.post().id()));
    response.header(HeaderNames.LOCATION, POSTS + share.post().id());
    response.status(share.replayed() ? Status.OK_200 : Status.CREATED_201);
    Replies.bytes(response, json);
  }

  /** Who shared may take it back although the post is hidden from them by now. */
  private void unshare(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    if (!shares.unshare(caller, new PostId(Params.pathId(request, "id")))) {
      post(request, Optional.of(caller));
    }
    Replies.noContent(response);
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    Post post = post(request, viewer);
    Page<Post> page = shares.of(post, Params.before(request, LIST), Params.limit(request));
    List<AccountId> sharers =
        page.items().stream().map(Post::author).filter(feeds.showing(viewer)).toList();
    Replies.page(
        request, response, LIST, people.of(new Page<>(sharers, page.next())), reads.listed(viewer));
  }

  private Post post(ServerRequest request, Optional<AccountId> viewer) {
    PostId id = new PostId(Params.pathId(request, "id"));
    return feeds.post(viewer, id).orElseThrow(() -> notFound(id));
  }

  private static WebException notFound(PostId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no post " + id).thrown();
  }
}
