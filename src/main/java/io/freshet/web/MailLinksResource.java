package io.freshet.web;

import io.freshet.mail.Links;
import io.freshet.mail.Mails;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where links in mails lead: a page with a button, for those who only follow links (scanners of
 * mail, previews) change nothing. The button, and the one click of mail programs (RFC 8058), is a
 * POST to the same address. The token in it is all that it takes.
 */
public final class MailLinksResource implements Resource {
  private static final int MOST_BYTES = 4_096; // of a body that nobody reads

  private final Mails mails;
  private final MailPages page = new MailPages("link.html");

  public MailLinksResource(Mails mails) {
    this.mails = mails;
  }

  private record Words(String title, String text, String button, String done) {}

  private static final Words CONFIRM =
      new Words(
          "Your e-mail address",
          "Mail to your account goes to this address once you confirm it.",
          "Confirm the address",
          "The address is confirmed.");

  private static final Words UNSUBSCRIBE =
      new Words(
          "No more mail",
          "Answers to your questions are not mailed to you any more. You still see them when you sign in.",
          "Send me no more mail",
          "You get no more mail. It can be turned on again in your settings.");

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(Links.CONFIRM, (rq, rs) -> ask(rq, rs, CONFIRM, mails::isConfirmation)),
        Route.post(Links.CONFIRM, (rq, rs) -> act(rq, rs, CONFIRM, mails::confirm)),
        Route.get(Links.UNSUBSCRIBE, (rq, rs) -> ask(rq, rs, UNSUBSCRIBE, mails::isUnsubscription)),
        Route.post(Links.UNSUBSCRIBE, (rq, rs) -> act(rq, rs, UNSUBSCRIBE, mails::unsubscribe)));
  }

  private void ask(
      ServerRequest request, ServerResponse response, Words words, Predicate<String> isGood) {
    if (isGood.test(token(request))) {
      page.send(
          response, Map.of("title", words.title(), "text", words.text(), "button", words.button()));
    } else {
      refuse(request, response);
    }
  }

  private void act(
      ServerRequest request, ServerResponse response, Words words, Predicate<String> act) {
    String token = token(request);
    if (request.content().hasEntity()) {
      Bodies.raw(request, MOST_BYTES);
    }
    if (act.test(token)) {
      page.send(response, Map.of("title", words.title(), "text", words.done(), "button", false));
    } else {
      refuse(request, response);
    }
  }

  private static String token(ServerRequest request) {
    return Params.query(request, "token")
        .orElseThrow(() -> Problem.invalid("token", "is missing").thrown());
  }

  /** People get to read a page, programs a problem. */
  private void refuse(ServerRequest request, ServerResponse response) {
    if (!request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html")) {
      throw Problem.of(ProblemKind.NOT_FOUND, "The link is not good, or not any more").thrown();
    }
    response.status(Status.NOT_FOUND_404);
    page.send(
        response,
        Map.of(
            "title", "This link is not good any more",
            "text",
                "It was too old, or for another address. A new one can be had in your settings.",
            "button", false));
  }
}
