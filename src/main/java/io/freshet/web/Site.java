package io.freshet.web;

import io.freshet.account.Accounts;
import io.freshet.account.Tickets;
import io.freshet.account.Tokens;
import io.freshet.dialog.Dialogs;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.Feeds;
import io.freshet.feed.PostRenderer;
import io.freshet.graph.Follows;
import io.freshet.graph.Mutes;
import io.freshet.graph.Restrictions;
import io.freshet.platform.Replica;
import io.freshet.post.Interactions;
import io.freshet.post.Posts;
import io.freshet.web.api.AccountsResource;
import io.freshet.web.api.FeedResource;
import io.freshet.web.api.FollowsResource;
import io.freshet.web.api.MutesResource;
import io.freshet.web.api.PostsResource;
import io.freshet.web.api.RestrictionsResource;
import io.freshet.web.api.SessionsResource;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.live.LiveSite;
import io.freshet.web.otus.DialogResource;
import io.freshet.web.otus.FriendResource;
import io.freshet.web.otus.PostResource;
import io.freshet.web.otus.UserResource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that is served over HTTP, made of the modules' faces.
 *
 * @param ready whether the database can be reached now
 * @param metrics all measurements in Prometheus' text format
 */
public record Site(
    Accounts accounts,
    Tokens tokens,
    Follows follows,
    Mutes mutes,
    Restrictions restrictions,
    Posts posts,
    Interactions interactions,
    Feeds feeds,
    FeedReaders readers,
    PostRenderer renderer,
    Dialogs dialogs,
    Replica replica,
    LiveSite live,
    RateLimits limits,
    BooleanSupplier ready,
    Supplier<String> metrics) {

  public List<Resource> resources() {
    Bearer bearer = new Bearer(tokens);
    Bodies bodies = new Bodies();
    FeedPages pages =
        new FeedPages(renderer, new Moments(interactions.counts(), interactions.marks()));
    List<Resource> all =
        List.of(
            new FeedResource(feeds, readers, pages, accounts, bearer),
            new PostsResource(posts, feeds, pages, bearer, bodies),
            new AccountsResource(accounts, follows, bearer, bodies),
            new SessionsResource(accounts, tokens, bodies, limits),
            new MutesResource(mutes, accounts, bearer, bodies),
            new RestrictionsResource(restrictions, accounts, bearer),
            new FollowsResource(follows, accounts, bearer),
            new UserResource(accounts, tokens, bodies, limits),
            new FriendResource(follows, bearer, bodies),
            new PostResource(posts, feeds, readers, bearer, bodies),
            new DialogResource(dialogs, bearer, bodies),
            new OperationsResource(ready, metrics),
            new DocsResource());
    return Stream.concat(
            all.stream(), live.resources(bearer, new Tickets(tokens), feeds::post).stream())
        .map(new ReplicaReads(replica, bearer)::over)
        .map(resource -> limits.over(resource, bearer))
        .toList();
  }
}
