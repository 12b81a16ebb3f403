package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.dialog.Dialogs;
import io.freshet.dialog.Message;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The contract's direct messages. */
public final class DialogResource implements Resource {
  /** Messages that a list answers with at most, the newest: the contract has no pages. */
  private static final int MAX_LISTED = 1_000;

  private final Dialogs dialogs;
  private final Bearer bearer;
  private final Bodies bodies;

  public DialogResource(Dialogs dialogs, Bearer bearer, Bodies bodies) {
    this.dialogs = dialogs;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record NewMessage(@JsonProperty(required = true) String text) {}

  record MessageView(String from, String to, String text) {
    static MessageView of(Message message) {
      return new MessageView(message.from().toString(), message.to().toString(), message.text());
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/dialog/{user_id}/send", this::send),
        Route.get("/dialog/{user_id}/list", this::list));
  }

  private void send(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    AccountId other = new AccountId(Params.pathId(request, "user_id"));
    dialogs.send(caller, other, bodies.read(request, NewMessage.class).text());
    response.send();
  }

  /** Oldest first, as a conversation is read. */
  private void list(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    AccountId other = new AccountId(Params.pathId(request, "user_id"));
    List<Message> messages = dialogs.list(caller, other, Long.MAX_VALUE, MAX_LISTED).reversed();
    Replies.json(response, Status.OK_200, messages.stream().map(MessageView::of).toList());
  }
}
