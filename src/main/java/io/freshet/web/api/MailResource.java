package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.mail.Mailbox;
import io.freshet.mail.Mails;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Where the caller's mail goes, and what the caller wants of it. */
public final class MailResource implements Resource {
  private static final String PATH = "/api/v1/accounts/me/mail";

  private final Mails mails;
  private final Bearer bearer;
  private final Bodies bodies;

  public MailResource(Mails mails, Bearer bearer, Bodies bodies) {
    this.mails = mails;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  /** Whether the server sends any, and what is known of the address if there is one. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record View(
      boolean enabled,
      Optional<String> address,
      Optional<Mailbox.State> state,
      Optional<Boolean> answers) {

    static View of(boolean isOn, Optional<Mailbox> box) {
      return new View(
          isOn, box.map(Mailbox::address), box.map(Mailbox::state), box.map(Mailbox::answers));
    }
  }

  record Wanted(@JsonProperty(required = true) String address) {}

  record Wishes(@JsonProperty(required = true) boolean answers) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH, this::show),
        Route.put(PATH, this::set),
        Route.delete(PATH, this::remove),
        Route.put(PATH + "/preferences", this::prefer));
  }

  private void show(ServerRequest request, ServerResponse response) {
    send(response, mails.mailbox(bearer.caller(request).value()));
  }

  private void set(ServerRequest request, ServerResponse response) {
    long caller = bearer.caller(request).value();
    String address = bodies.read(request, Wanted.class).address();
    send(response, Optional.of(mails.set(caller, address)));
  }

  private void prefer(ServerRequest request, ServerResponse response) {
    long caller = bearer.caller(request).value();
    boolean answers = bodies.read(request, Wishes.class).answers();
    send(response, Optional.of(mails.prefer(caller, answers)));
  }

  private void remove(ServerRequest request, ServerResponse response) {
    mails.remove(bearer.caller(request).value());
    Replies.noContent(response);
  }

  private void send(ServerResponse response, Optional<Mailbox> box) {
    Replies.json(response, Status.OK_200, View.of(mails.isOn(), box));
  }
}
