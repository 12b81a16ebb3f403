package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.graph.Hiding;
import io.freshet.graph.Mutes;
import io.freshet.graph.Restrictions;
import io.freshet.platform.Page;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The authors whom the caller does not want to see, and the viewers whom the caller hides from:
 * each until a time or until undone.
 */
public final class HidingsResource implements Resource {
  private final People people;
  private final Bearer bearer;
  private final Bodies bodies;
  private final List<Kind> kinds;

  public HidingsResource(
      Mutes mutes, Restrictions restrictions, Accounts accounts, Bearer bearer, Bodies bodies) {
    this.people = new People(accounts);
    this.bearer = bearer;
    this.bodies = bodies;
    this.kinds =
        List.of(
            new Kind("mutes", mutes::list, mutes::mute, mutes::unmute),
            new Kind(
                "restrictions",
                restrictions::list,
                restrictions::restrict,
                restrictions::unrestrict));
  }

  private record Kind(
      String name, Listing listing, Hide hide, BiConsumer<AccountId, AccountId> show) {
    String path() {
      return "/api/v1/accounts/me/" + name;
    }
  }

  @FunctionalInterface
  private interface Listing {
    Page<Hiding> of(AccountId caller, long before, int limit);
  }

  @FunctionalInterface
  private interface Hide {
    void hide(AccountId caller, AccountId other, Optional<Instant> until);
  }

  record Term(Optional<Instant> until) {}

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record HidingView(AccountView account, Optional<Instant> until) {}

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Kind kind : kinds) {
      String one = kind.path() + "/{id}";
      routes.add(Route.get(kind.path(), (request, response) -> list(kind, request, response)));
      routes.add(Route.put(one, (request, response) -> hide(kind, request, response)));
      routes.add(Route.delete(one, (request, response) -> show(kind, request, response)));
    }
    return routes;
  }

  private void list(Kind kind, ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Page<Hiding> page =
        kind.listing().of(caller, Params.before(request, kind.name()), Params.limit(request));
    Map<Long, Account> accounts = people.byId(page.items().stream().map(Hiding::account).toList());
    List<HidingView> views = new ArrayList<>();
    for (Hiding hiding : page.items()) {
      Account account = accounts.get(hiding.account().value());
      if (account != null) {
        views.add(new HidingView(AccountView.of(account), hiding.until()));
      }
    }
    Replies.page(
        request, response, kind.name(), new Page<>(views, page.next()), Function.identity());
  }

  /** The body may be left out: then it lasts until it is undone. */
  private void hide(Kind kind, ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    AccountId other = new AccountId(Params.pathId(request, "id"));
    Optional<Instant> until =
        request.content().hasEntity() ? bodies.read(request, Term.class).until() : Optional.empty();
    kind.hide().hide(caller, other, until);
    Replies.noContent(response);
  }

  private void show(Kind kind, ServerRequest request, ServerResponse response) {
    kind.show().accept(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }
}
