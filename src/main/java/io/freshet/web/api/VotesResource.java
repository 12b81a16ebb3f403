package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.feed.Sights;
import io.freshet.question.Answer;
import io.freshet.question.AnswerId;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import io.freshet.question.Votable;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Votes on questions and answers. */
public final class VotesResource implements Resource {
  private static final String ON_QUESTION = "/api/v1/questions/{id}/vote";
  private static final String ON_ANSWER = "/api/v1/answers/{id}/vote";

  private final AskedAndAnswered asked;
  private final QuestionSights seen;
  private final Bearer bearer;
  private final Bodies bodies;

  public VotesResource(AskedAndAnswered asked, Sights sights, Bearer bearer, Bodies bodies) {
    this.asked = asked;
    this.seen = new QuestionSights(asked, sights);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Vote(@JsonProperty(required = true) int value) {}

  /** What the path names, if the caller may vote on it. */
  private interface Naming {
    Votable of(ServerRequest request, AccountId caller);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put(ON_QUESTION, (request, response) -> put(request, response, this::question)),
        Route.delete(
            ON_QUESTION,
            (request, response) -> remove(request, response, this::question, this::anyQuestion)),
        Route.put(ON_ANSWER, (request, response) -> put(request, response, this::answer)),
        Route.delete(
            ON_ANSWER,
            (request, response) -> remove(request, response, this::answer, this::anyAnswer)));
  }

  private void put(ServerRequest request, ServerResponse response, Naming naming) {
    AccountId caller = bearer.caller(request);
    int value = bodies.read(request, Vote.class).value();
    asked.votes().put(caller, naming.of(request, caller), value);
    Replies.noContent(response);
  }

  /** Also from what the caller does not see any more. */
  private void remove(
      ServerRequest request,
      ServerResponse response,
      Naming naming,
      LongFunction<Optional<Votable>> any) {
    AccountId caller = bearer.caller(request);
    Optional<Votable> item = any.apply(Params.pathId(request, "id"));
    if (item.filter(it -> asked.votes().remove(caller, it)).isEmpty()) {
      Votable _ = naming.of(request, caller);
    }
    Replies.noContent(response);
  }

  private Votable question(ServerRequest request, AccountId caller) {
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    return seen.concerned(caller, id).votable();
  }

  private Optional<Votable> anyQuestion(long id) {
    return asked.questions().find(new QuestionId(id)).map(Question::votable);
  }

  private Optional<Votable> anyAnswer(long id) {
    return asked.answers().find(new AnswerId(id)).map(Answer::votable);
  }

  private Votable answer(ServerRequest request, AccountId caller) {
    AnswerId id = new AnswerId(Params.pathId(request, "id"));
    return seen.concerned(caller, id).votable();
  }
}
