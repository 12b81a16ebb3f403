package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.account.Session;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.Site;
import io.freshet.web.WebException;
import io.freshet.web.api.SessionsResource;
import io.freshet.web.limits.RateLimits;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contract's people: {@code /login} takes an id, and whoever registers gets a handle made from
 * theirs.
 */
public final class UserResource implements Resource {
  /** People that a search answers with at most: the contract has no pages. */
  private static final int MAX_FOUND = 1_000;

  private final Accounts accounts;
  private final Site.SignIns signIns;
  private final Bodies bodies;
  private final RateLimits limits;

  public UserResource(Accounts accounts, Site.SignIns signIns, Bodies bodies, RateLimits limits) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.bodies = bodies;
    this.limits = limits;
  }

  record Login(
      @JsonProperty(required = true) String id, @JsonProperty(required = true) String password) {}

  record NewUser(
      @JsonProperty(value = "first_name", required = true) String firstName,
      @JsonProperty("second_name") String secondName,
      Optional<LocalDate> birthdate,
      String biography,
      String city,
      @JsonProperty(required = true) String password) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/login", this::login),
        Route.post("/user/register", this::register),
        Route.get("/user/get/{id}", this::show),
        Route.get("/user/search", this::search));
  }

  private void login(ServerRequest request, ServerResponse response) {
    Login body = bodies.read(request, Login.class);
    limits.attempt(body.id(), response);
    Session session =
        signIns
            .sessions()
            .signIn(
                existing(body.id()),
                body.password(),
                Session.Kind.COURSE,
                SessionsResource.client(request, limits),
                signIns.lasting())
            .orElseThrow(UserResource::notFound)
            .session();
    Replies.json(response, Status.OK_200, Map.of("token", signIns.issue(session)));
  }

  private void register(ServerRequest request, ServerResponse response) {
    NewUser body = bodies.read(request, NewUser.class);
    Profile profile =
        new Profile(
            body.firstName(), body.secondName(), body.birthdate(), body.city(), body.biography());
    Account account =
        accounts.register(new Registration(Optional.empty(), body.password(), profile));
    Replies.json(response, Status.OK_200, Map.of("user_id", account.id().toString()));
  }

  private void show(ServerRequest request, ServerResponse response) {
    AccountId id = existing(request.path().pathParameters().get("id"));
    Account account = accounts.find(id).orElseThrow(UserResource::notFound);
    Replies.json(response, Status.OK_200, UserView.of(account));
  }

  private void search(ServerRequest request, ServerResponse response) {
    List<Account> found =
        accounts.searchByNames(
            prefix(request, "first_name"), prefix(request, "last_name"), MAX_FOUND);
    Replies.json(response, Status.OK_200, found.stream().map(UserView::of).toList());
  }

  private static String prefix(ServerRequest request, String name) {
    return Params.query(request, name)
        .map(String::strip)
        .filter(prefix -> !prefix.isEmpty())
        .orElseThrow(() -> Problem.invalid(name, "must be given").thrown());
  }

  /** The contract's ids are any strings: one that is not ours is nobody's. */
  private static AccountId existing(String id) {
    try {
      return new AccountId(Params.id("id", id));
    } catch (WebException notOurs) {
      throw notFound();
    }
  }

  private static WebException notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no such user, or the password is wrong")
        .thrown();
  }
}
