package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.platform.Page;
import io.freshet.post.Comment;
import io.freshet.post.CommentId;
import io.freshet.post.Commented;
import io.freshet.post.Comments;
import io.freshet.post.Comments.Order;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Comments on posts; a share's comments are its original's. */
public final class CommentsResource implements Resource {
  private static final String OF_POST = "/api/v1/posts/{id}/comments";
  private static final String COMMENTS = "/api/v1/comments";

  private final Comments comments;
  private final Sights sights;
  private final People people;
  private final Bearer bearer;
  private final Bodies bodies;

  public CommentsResource(
      Comments comments, Sights sights, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.comments = comments;
    this.sights = sights;
    this.people = new People(accounts);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Draft(@JsonProperty(required = true) String text) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(OF_POST, this::add),
        Route.get(OF_POST, this::list),
        Route.get(COMMENTS + "/{id}", this::show),
        Route.delete(COMMENTS + "/{id}", this::delete));
  }

  private void add(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Optional<String> key = IdempotencyKey.of(request);
    String text = bodies.read(request, Draft.class).text();
    Post post = sights.subjectOf(caller, id).orElseThrow(() -> PostsResource.notFound(id));
    Commented added = comments.add(caller, post.id(), text, key);
    response.header(HeaderNames.LOCATION, COMMENTS + "/" + added.comment().id());
    if (added.replayed()) {
      IdempotencyKey.markReplayed(response);
    }
    Replies.json(response, Status.CREATED_201, view(added.comment()));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    PostId id = new PostId(Params.pathId(request, "id"));
    Order order = order(request);
    String list = order == Order.OLDEST ? "comments" : "newest-comments";
    long from = order == Order.OLDEST ? Params.after(request, list) : Params.before(request, list);
    int limit = Params.limit(request);
    Post post = sights.subject(viewer, id).orElseThrow(() -> PostsResource.notFound(id));
    Page<Comment> page = comments.page(post.id(), sights.unseenBy(viewer), order, from, limit);
    Map<Long, Account> named =
        people.byIds(page.items().stream().flatMap(CommentView::named).distinct().toList());
    List<CommentView> views =
        page.items().stream().flatMap(comment -> CommentView.of(comment, named).stream()).toList();
    Replies.page(request, response, list, new Page<>(views, page.next()), Function.identity());
  }

  private static Order order(ServerRequest request) {
    return switch (Params.query(request, "order").orElse("oldest")) {
      case "oldest" -> Order.OLDEST;
      case "newest" -> Order.NEWEST;
      default -> throw Problem.invalid("order", "must be oldest or newest").thrown();
    };
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    CommentId id = new CommentId(Params.pathId(request, "id"));
    Comment comment =
        comments
            .find(id)
            .filter(found -> sights.subject(viewer, found.post()).isPresent())
            .filter(found -> sights.sees(viewer, found.author()))
            .orElseThrow(() -> notFound(id));
    Replies.json(response, Status.OK_200, view(comment));
  }

  private void delete(ServerRequest request, ServerResponse response) {
    comments.delete(bearer.caller(request), new CommentId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }

  private CommentView view(Comment comment) {
    return CommentView.of(comment, people.byIds(CommentView.named(comment).toList()))
        .orElseThrow(() -> notFound(comment.id()));
  }

  private static WebException notFound(CommentId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no comment " + id).thrown();
  }
}
