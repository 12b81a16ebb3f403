package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.Feeds;
import io.freshet.web.Bearer;
import io.freshet.web.FeedPages;
import io.freshet.web.Params;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Feeds: the caller's, made of the posts of those they follow, and each author's own. */
public final class FeedResource implements Resource {
  private static final String FEED = "feed";
  private static final String AUTHOR_FEED = "posts";

  private final Feeds feeds;
  private final FeedReaders readers;
  private final FeedPages pages;
  private final People people;
  private final Bearer bearer;

  public FeedResource(
      Feeds feeds, FeedReaders readers, FeedPages pages, Accounts accounts, Bearer bearer) {
    this.feeds = feeds;
    this.readers = readers;
    this.pages = pages;
    this.people = new People(accounts);
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/feed", this::feed),
        Route.get("/feed", this::feed),
        Route.get("/api/v1/accounts/{id}/posts", this::authorFeed));
  }

  private void feed(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    readers.note(caller.value());
    pages.send(
        request,
        response,
        FEED,
        feeds.page(caller, Params.before(request, FEED), Params.limit(request)),
        Optional.of(caller));
  }

  private void authorFeed(ServerRequest request, ServerResponse response) {
    AccountId author = people.named(request, bearer);
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    pages.send(
        request,
        response,
        AUTHOR_FEED,
        feeds.authorPage(
            viewer, author, Params.before(request, AUTHOR_FEED), Params.limit(request)),
        viewer);
  }
}
