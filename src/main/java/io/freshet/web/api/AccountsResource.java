package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.account.Sessions;
import io.freshet.platform.Page;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.SessionCookie;
import io.freshet.web.WebException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** People: registration, profiles, search by the beginning of a name. */
public final class AccountsResource implements Resource {
  private static final String PATH = "/api/v1/accounts";
  private static final String SEARCH = "accounts";

  private final Accounts accounts;
  private final Sessions sessions;
  private final AccountReads reads;
  private final Bearer bearer;
  private final Bodies bodies;

  public AccountsResource(
      Accounts accounts, Sessions sessions, AccountReads reads, Bearer bearer, Bodies bodies) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.reads = reads;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record NewAccount(
      Optional<String> handle,
      @JsonProperty(required = true) String password,
      @JsonProperty(required = true) String firstName,
      String lastName,
      Optional<LocalDate> birthdate,
      String city,
      String biography) {}

  record ChangedProfile(
      @JsonProperty(required = true) String firstName,
      String lastName,
      Optional<LocalDate> birthdate,
      String city,
      String biography) {}

  record Farewell(@JsonProperty(required = true) String password) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PATH, this::register),
        Route.get(PATH, this::search),
        Route.get(PATH + "/me", this::me),
        Route.put(PATH + "/me", this::changeProfile),
        Route.delete(PATH + "/me", this::remove),
        Route.get(PATH + "/{id}", this::show));
  }

  private void register(ServerRequest request, ServerResponse response) {
    NewAccount body = bodies.read(request, NewAccount.class);
    Profile profile =
        new Profile(
            body.firstName(), body.lastName(), body.birthdate(), body.city(), body.biography());
    Account account = accounts.register(new Registration(body.handle(), body.password(), profile));
    response.header(HeaderNames.LOCATION, PATH + "/" + account.id());
    Replies.json(response, Status.CREATED_201, AccountView.of(account));
  }

  /** By handle: the one account or none. By prefix of handle, first or last name: a page. */
  private void search(ServerRequest request, ServerResponse response) {
    Optional<AccountId> caller = bearer.callerIfAny(request);
    Optional<String> handle = Params.query(request, "handle");
    Optional<String> prefix = Params.query(request, "prefix").map(String::strip);
    if (handle.isPresent() == prefix.isPresent()) {
      throw Problem.invalid("prefix", "or handle must be given, one of the two").thrown();
    }
    int limit = Params.limit(request);
    long before = Params.before(request, SEARCH);
    Page<Account> found =
        handle
            .map(
                it -> new Page<>(accounts.findByHandle(it).stream().toList(), OptionalLong.empty()))
            .orElseGet(() -> byPrefix(prefix.orElseThrow(), before, limit));
    Replies.page(request, response, SEARCH, found, reads.listed(caller));
  }

  private Page<Account> byPrefix(String prefix, long before, int limit) {
    if (prefix.isEmpty()) {
      throw Problem.invalid("prefix", "must have at least one character").thrown();
    }
    return accounts.search(prefix, before, limit);
  }

  private void me(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Replies.json(response, Status.OK_200, reads.own(caller).orElseThrow(() -> notFound(caller)));
  }

  private void show(ServerRequest request, ServerResponse response) {
    Optional<AccountId> caller = bearer.callerIfAny(request);
    AccountId id = new AccountId(Params.pathId(request, "id"));
    Replies.json(response, Status.OK_200, reads.seen(caller, id).orElseThrow(() -> notFound(id)));
  }

  private static WebException notFound(AccountId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no account " + id).thrown();
  }

  /** For good, so the password is asked for once more. */
  private void remove(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    sessions.removeAccount(caller, bodies.read(request, Farewell.class).password());
    SessionCookie.clear(response);
    Replies.noContent(response);
  }

  private void changeProfile(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    ChangedProfile body = bodies.read(request, ChangedProfile.class);
    Profile profile =
        new Profile(
            body.firstName(), body.lastName(), body.birthdate(), body.city(), body.biography());
    Account changed = accounts.updateProfile(caller, profile);
    Replies.json(response, Status.OK_200, reads.own(changed));
  }
}
