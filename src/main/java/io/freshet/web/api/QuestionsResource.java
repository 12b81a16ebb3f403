package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.platform.Place;
import io.freshet.platform.RankedPage;
import io.freshet.question.Asked;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.Body;
import io.freshet.question.BodyRenderer;
import io.freshet.question.Numbered;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import io.freshet.question.QuestionList;
import io.freshet.question.QuestionList.Order;
import io.freshet.question.Questions;
import io.freshet.question.Wording;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.IdempotencyKey;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Questions: asked, listed, read, edited, deleted. */
public final class QuestionsResource implements Resource {
  private static final String PATH = "/api/v1/questions";

  private final Questions questions;
  private final Sights sights;
  private final QuestionReads reads;
  private final People people;
  private final Bearer bearer;
  private final Bodies bodies;
  private final BodyRenderer renderer;

  public QuestionsResource(
      AskedAndAnswered asked, Sights sights, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.questions = asked.questions();
    this.sights = sights;
    this.reads = new QuestionReads(asked, sights, accounts);
    this.renderer = asked.renderer();
    this.people = new People(accounts);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Draft(
      @JsonProperty(required = true) String title,
      @JsonProperty(required = true) String body,
      Optional<List<String>> tags) {

    Wording wording() {
      return new Wording(title, body, tags.orElse(List.of()));
    }
  }

  record Markdown(@JsonProperty(required = true) String body) {}

  record Preview(String html) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PATH, this::ask),
        Route.get(PATH, this::list),
        Route.post(PATH + "/preview", this::preview),
        Route.get(PATH + "/{id}", this::show),
        Route.put(PATH + "/{id}", this::edit),
        Route.delete(PATH + "/{id}", this::delete));
  }

  private void ask(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Optional<String> key = IdempotencyKey.of(request);
    Wording wording = bodies.read(request, Draft.class).wording();
    Asked made = questions.ask(caller, wording, key);
    response.header(HeaderNames.LOCATION, PATH + "/" + made.question().id());
    if (made.replayed()) {
      IdempotencyKey.markReplayed(response);
    }
    Replies.json(response, Status.CREATED_201, reads.view(made.question(), Optional.of(caller)));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    QuestionList list = list(request);
    OptionalInt number = Params.page(request, Questions.MOST_PAGES);
    Place place = Params.below(request, list.name(), Place.TOP);
    int limit = Params.limit(request, Questions.PAGE);
    long[] unseen = sights.unseenNow(viewer);
    if (number.isPresent()) {
      Numbered<Question> page = questions.page(list, unseen, number.getAsInt());
      Replies.json(
          response,
          Status.OK_200,
          new NumberedBody(views(page.items()), page.page(), page.pages(), page.total()));
    } else {
      RankedPage<Question> page = questions.below(list, unseen, place, limit);
      RankedPage<QuestionView> shown = new RankedPage<>(views(page.items()), page.next());
      Replies.page(request, response, list.name(), shown, Function.identity());
    }
  }

  private static QuestionList list(ServerRequest request) {
    Optional<String> sort = Params.query(request, "sort");
    Optional<String> tag = Params.query(request, "tag");
    Order order =
        switch (sort.orElse("new")) {
          case "new" -> Order.NEW;
          case "hot" -> Order.HOT;
          case "unanswered" -> Order.UNANSWERED;
          default -> throw Problem.invalid("sort", "must be new, hot or unanswered").thrown();
        };
    if (tag.isPresent() && order != Order.NEW) {
      throw Problem.invalid("tag", "goes with the newest only: leave sort out").thrown();
    }
    return tag.map(name -> QuestionList.tagged(Wording.tag(name))).orElse(QuestionList.of(order));
  }

  private List<QuestionView> views(List<Question> listed) {
    Map<Long, Account> authors = people.byId(listed.stream().map(Question::author).toList());
    return listed.stream()
        .filter(question -> authors.containsKey(question.author().value()))
        .map(question ->
            QuestionView.listed(
                question,
                Objects.requireNonNull(authors.get(question.author().value())),
                renderer.of(question)))
        .toList();
  }

  private void preview(ServerRequest request, ServerResponse response) {
    bearer.caller(request);
    Wording draft = new Wording("A draft", bodies.read(request, Markdown.class).body(), List.of());
    Replies.json(response, Status.OK_200, new Preview(Body.markdown(draft.body()).html()));
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    Replies.json(response, Status.OK_200, reads.question(viewer, id));
  }

  private void edit(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    Wording wording = bodies.read(request, Draft.class).wording();
    Replies.json(
        response,
        Status.OK_200,
        reads.view(questions.edit(caller, id, wording), Optional.of(caller)));
  }

  private void delete(ServerRequest request, ServerResponse response) {
    questions.delete(bearer.caller(request), new QuestionId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }
}
