package io.freshet.web.api;

import io.freshet.account.Accounts;
import io.freshet.web.Bearer;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.function.Supplier;

/** How the processes do, for administrators. */
public final class StatusResource implements Resource {
  private final Supplier<StatusView> status;
  private final Accounts accounts;
  private final Bearer bearer;

  public StatusResource(Supplier<StatusView> status, Accounts accounts, Bearer bearer) {
    this.status = status;
    this.accounts = accounts;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/v1/status", this::show));
  }

  private void show(ServerRequest request, ServerResponse response) {
    if (!accounts.isAdministrator(bearer.caller(request))) {
      throw Problem.of(
              ProblemKind.ADMINISTRATORS_ONLY,
              "Whoever runs the server makes administrators: freshet accounts administrator HANDLE")
          .thrown();
    }
    Replies.json(response, Status.OK_200, status.get());
  }
}
