package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.feed.Sights;
import io.freshet.post.TextEntities;
import io.freshet.web.Bearer;
import io.freshet.web.FeedPages;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** The pages of hashtags. */
public final class TagsResource implements Resource {
  private final Sights sights;
  private final FeedPages pages;
  private final Bearer bearer;

  public TagsResource(Sights sights, FeedPages pages, Bearer bearer) {
    this.sights = sights;
    this.pages = pages;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/v1/tags/{tag}/posts", this::posts));
  }

  private void posts(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    String tag =
        TextEntities.tag(request.path().pathParameters().get("tag"))
            .orElseThrow(() ->
                Problem.invalid(
                        "tag",
                        "must be 1 to "
                            + TextEntities.MAX_TAG
                            + " letters, digits and underscores, one of them a letter, without #")
                    .thrown());
    // The list's name holds the hashtag: one's cursor is not another's.
    String list = "tag " + tag;
    pages.send(
        request,
        response,
        list,
        sights.tagged(viewer, tag, Params.before(request, list), Params.limit(request)),
        viewer);
  }
}
