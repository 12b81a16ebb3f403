package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.platform.Place;
import io.freshet.platform.RankedPage;
import io.freshet.question.Answer;
import io.freshet.question.AnswerId;
import io.freshet.question.Answered;
import io.freshet.question.Answers;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.IdempotencyKey;
import io.freshet.web.Params;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Answers to questions: given, listed, read, edited, deleted, accepted. */
public final class AnswersResource implements Resource {
  private static final String QUESTION = "/api/v1/questions/{id}";
  private static final String ANSWERS = "/api/v1/answers";
  private static final String LIST = "answers";

  private final Answers answers;
  private final Sights sights;
  private final QuestionSights seen;
  private final Bearer bearer;
  private final Bodies bodies;
  private final QuestionReads reads;

  public AnswersResource(
      AskedAndAnswered asked, Sights sights, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.answers = asked.answers();
    this.sights = sights;
    this.seen = new QuestionSights(asked, sights);
    this.reads = new QuestionReads(asked, sights, accounts);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Draft(@JsonProperty(required = true) String body) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(QUESTION + "/answers", this::add),
        Route.get(QUESTION + "/answers", this::list),
        Route.get(ANSWERS + "/{id}", this::show),
        Route.put(ANSWERS + "/{id}", this::edit),
        Route.delete(ANSWERS + "/{id}", this::delete),
        Route.put(
            ANSWERS + "/{id}/accepted", (request, response) -> accept(request, response, true)),
        Route.delete(
            ANSWERS + "/{id}/accepted", (request, response) -> accept(request, response, false)));
  }

  private void add(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    Optional<String> key = IdempotencyKey.of(request);
    String body = bodies.read(request, Draft.class).body();
    QuestionId question = seen.concerned(caller, id).id();
    Answered added = answers.add(caller, question, body, key);
    response.header(HeaderNames.LOCATION, ANSWERS + "/" + added.answer().id());
    if (added.replayed()) {
      IdempotencyKey.markReplayed(response);
    }
    Replies.json(response, Status.CREATED_201, view(added.answer(), Optional.of(caller)));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    OptionalInt number = Params.page(request, Answers.MOST_PAGES);
    Place place = Params.below(request, LIST, Place.TOP_OLDEST_FIRST);
    int limit = Params.limit(request, Answers.PAGE);
    if (number.isPresent()) {
      Replies.json(response, Status.OK_200, reads.answers(viewer, id, number.getAsInt()));
    } else {
      Question _ = seen.visible(viewer, id);
      long[] unseen = sights.unseenBy(viewer);
      RankedPage<Answer> page = answers.below(id, unseen, place, limit);
      RankedPage<AnswerView> shown =
          new RankedPage<>(reads.views(page.items(), viewer), page.next());
      Replies.page(request, response, LIST, shown, Function.identity());
    }
  }

  private void accept(ServerRequest request, ServerResponse response, boolean isAccepted) {
    AccountId caller = bearer.caller(request);
    answers.accept(caller, new AnswerId(Params.pathId(request, "id")), isAccepted);
    Replies.noContent(response);
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    AnswerId id = new AnswerId(Params.pathId(request, "id"));
    Answer answer = seen.visible(viewer, id);
    Replies.json(response, Status.OK_200, view(answer, viewer));
  }

  private void edit(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    AnswerId id = new AnswerId(Params.pathId(request, "id"));
    Answer edited = answers.edit(caller, id, bodies.read(request, Draft.class).body());
    Replies.json(response, Status.OK_200, view(edited, Optional.of(caller)));
  }

  private void delete(ServerRequest request, ServerResponse response) {
    answers.delete(bearer.caller(request), new AnswerId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }

  private AnswerView view(Answer answer, Optional<AccountId> viewer) {
    return reads.views(List.of(answer), viewer).stream()
        .findFirst()
        .orElseThrow(() -> QuestionSights.notFound(answer.id()));
  }
}
