package io.freshet.web.page;

import io.freshet.account.AccountId;
import io.freshet.web.Bearer;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.WebException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that people see in their browsers. Each answers the page's shell, with what the
 * page shows first put in; the page is signed in to by the cookie alone. Browsers that ask for an
 * address which is nobody's get the shell too, with a 404.
 */
public final class PageResource implements Resource {
  private static final Header HTML =
      HeaderValues.createCached("Content-Type", "text/html; charset=utf-8");

  /** Those whose page needs to know nothing beforehand but who is signed in. */
  private static final List<String> PLAIN =
      List.of(
          "/",
          "/me",
          "/questions",
          "/ask",
          "/tags/{tag}",
          "/search",
          "/notifications",
          "/settings",
          "/settings/{section}",
          "/sessions",
          "/sign-in",
          "/register",
          "/status");

  /** Makes what is put into the shell; a problem of the caller's says that there is nothing. */
  private interface Teller {
    Sheet tell(ServerRequest request, Optional<AccountId> viewer);
  }

  private final Optional<Cover> cover;
  private final PageFacts facts;
  private final Bearer bearer;
  private final Header policy;
  private final PageTemplate unbuilt = new PageTemplate("unbuilt.html");

  /**
   * @param policy what the page may load
   */
  public PageResource(PageSite site, PageFacts facts, Bearer bearer, Policy policy) {
    this.cover = Shell.in(site.files()).map(shell -> new Cover(shell, site.publicUrl()));
    this.facts = facts;
    this.bearer = bearer;
    this.policy = PagePolicy.of(policy.media(), policy.live());
  }

  /**
   * What else the page may talk to.
   *
   * @param media where files of media are fetched: a path of ours, or an address
   * @param live where live connections go instead of this server
   */
  public record Policy(String media, Optional<String> live) {}

  @Override
  public List<Route> routes() {
    Stream<Route> plain = PLAIN.stream().map(path -> page(path, (_, _) -> Sheet.plain()));
    Stream<Route> telling =
        Stream.of(
            page("/@{handle}", (request, _) -> facts.person(request, "")),
            page("/@{handle}/followers", (request, _) -> facts.person(request, "/followers")),
            page("/@{handle}/followees", (request, _) -> facts.person(request, "/followees")),
            page("/posts/{id}", facts::post),
            page("/questions/{id}", facts::question),
            Route.get(Route.ELSEWHERE, this::elsewhere).showing(this::trouble));
    return Stream.concat(plain, telling).toList();
  }

  private Route page(String path, Teller teller) {
    Handler handler = (request, response) -> answer(request, response, teller);
    return Route.get(path, handler).showing(this::trouble);
  }

  /** People get to see the page, programs a problem. */
  private void elsewhere(ServerRequest request, ServerResponse response) {
    if (!Params.takesHtml(request)) {
      throw Problem.noSuchAddress().thrown();
    }
    answer(request, response, (_, _) -> Sheet.absent());
  }

  private void answer(ServerRequest request, ServerResponse response, Teller teller) {
    if (cover.isEmpty()) {
      show(request, response, Sheet.trouble(Status.SERVICE_UNAVAILABLE_503.code()));
      return;
    }
    Optional<AccountId> viewer = bearer.pageCaller(request);
    Sheet sheet = sheet(request, viewer, teller);
    if (sheet.location().isPresent()) {
      response.status(sheet.status());
      response.header(HeaderNames.LOCATION, sheet.location().get());
      response.send();
      return;
    }
    viewer.ifPresent(caller -> facts.add(caller, sheet.facts()));
    show(request, response, sheet);
  }

  private void trouble(ServerRequest request, ServerResponse response, int status) {
    show(request, response, Sheet.trouble(status));
  }

  private void show(ServerRequest request, ServerResponse response, Sheet sheet) {
    response.status(sheet.status());
    response.headers().set(HTML);
    if (cover.isEmpty()) {
      response.send(unbuilt.of(Map.of()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    response.headers().set(policy);
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    response.send(cover.get().of(sheet, host));
  }

  private static Sheet sheet(ServerRequest request, Optional<AccountId> viewer, Teller teller) {
    try {
      return teller.tell(request, viewer);
    } catch (WebException e) {
      if (e.problem().kind().status() >= Status.INTERNAL_SERVER_ERROR_500.code()) {
        throw e;
      }
      return Sheet.absent();
    }
  }
}
