package io.freshet.web.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Tickets;
import io.freshet.web.Bearer;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Gives browsers a ticket for a WebSocket, in exchange for the token. */
public final class TicketResource implements Resource {
  private final Tickets tickets;
  private final Bearer bearer;

  public TicketResource(Tickets tickets, Bearer bearer) {
    this.tickets = tickets;
    this.bearer = bearer;
  }

  record Ticket(String ticket, @JsonProperty("expiresIn") long expiresInSeconds) {}

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/v1/live/ticket", this::issue));
  }

  private void issue(ServerRequest request, ServerResponse response) {
    String ticket = tickets.issue(bearer.access(request));
    Replies.json(response, Status.CREATED_201, new Ticket(ticket, Tickets.VALID_FOR.toSeconds()));
  }
}
