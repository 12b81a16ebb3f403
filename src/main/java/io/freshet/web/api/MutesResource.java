package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.graph.Mute;
import io.freshet.graph.Mutes;
import io.freshet.platform.Page;
import io.freshet.web.Answers;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The authors whom the caller does not want to see, until then or until undone. */
public final class MutesResource implements Resource {
  private static final String PATH = "/api/v1/accounts/me/mutes";
  private static final String LIST = "mutes";

  private final Mutes mutes;
  private final People people;
  private final Bearer bearer;
  private final Bodies bodies;

  public MutesResource(Mutes mutes, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.mutes = mutes;
    this.people = new People(accounts);
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Term(Optional<Instant> until) {}

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record MutedView(AccountView account, Optional<Instant> until) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH, this::list),
        Route.put(PATH + "/{id}", this::mute),
        Route.delete(PATH + "/{id}", this::unmute));
  }

  private void list(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Page<Mute> page = mutes.list(caller, Params.before(request, LIST), Params.limit(request));
    Map<Long, Account> accounts = people.byId(page.items().stream().map(Mute::author).toList());
    List<MutedView> views = new ArrayList<>();
    for (Mute mute : page.items()) {
      Account author = accounts.get(mute.author().value());
      if (author != null) {
        views.add(new MutedView(AccountView.of(author), mute.until()));
      }
    }
    Answers.page(request, response, LIST, new Page<>(views, page.next()), Function.identity());
  }

  /** The body may be left out: then the mute lasts until it is undone. */
  private void mute(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    AccountId author = new AccountId(Params.pathId(request, "id"));
    Optional<Instant> until =
        request.content().hasEntity() ? bodies.read(request, Term.class).until() : Optional.empty();
    mutes.mute(caller, author, until);
    Answers.noContent(response);
  }

  private void unmute(ServerRequest request, ServerResponse response) {
    mutes.unmute(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Answers.noContent(response);
  }
}
