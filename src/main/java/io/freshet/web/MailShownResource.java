package io.freshet.web;

import io.freshet.mail.PgKeptMails;
import io.freshet.mail.PgKeptMails.Kept;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** For demos and development: the mails that would have been sent, for everybody to look at. */
public final class MailShownResource implements Resource {
  /** The mail's own colours, and nothing else of what it may bring. */
  private static final Header SANDBOX =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

  private final PgKeptMails kept;
  private final MailPages page = new MailPages("kept.html");

  public MailShownResource(PgKeptMails kept) {
    this.kept = kept;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/dev/mail", (_, response) -> list(response)),
        Route.get("/dev/mail/html", show("text/html", mail -> mail.says().html())),
        Route.get("/dev/mail/text", show("text/plain", mail -> mail.says().text())));
  }

  private void list(ServerResponse response) {
    List<Map<String, String>> mails =
        kept.newest().stream()
            .map(mail ->
                Map.of(
                    "id", Long.toString(mail.id()),
                    "at", mail.at().toString(),
                    "to", mail.to(),
                    "subject", mail.says().subject(),
                    "unsubscribe", mail.unsubscribe()))
            .toList();
    page.send(response, Map.of("mails", mails));
  }

  private Handler show(String type, Function<Kept, String> part) {
    Header contentType = HeaderValues.createCached("Content-Type", type + "; charset=utf-8");
    return (ServerRequest request, ServerResponse response) -> {
      long id =
          Params.id(
              "id",
              Params.query(request, "id")
                  .orElseThrow(() -> Problem.invalid("id", "is missing").thrown()));
      Kept mail =
          kept.find(id)
              .orElseThrow(
                  () -> Problem.of(ProblemKind.NOT_FOUND, "There is no mail " + id).thrown());
      response.headers().set(contentType).set(SANDBOX);
      response.send(part.apply(mail).getBytes(StandardCharsets.UTF_8));
    };
  }
}
