package io.freshet.web;

import io.freshet.account.AccountException;
import io.freshet.dialog.DialogException;
import io.freshet.graph.GraphException;
import io.freshet.mail.MailException;
import io.freshet.media.MediaException;
import io.freshet.platform.BusyException;
import io.freshet.platform.Jitter;
import io.freshet.platform.Json;
import io.freshet.platform.Outage;
import io.freshet.post.PostException;
import io.freshet.question.QuestionException;
import io.freshet.search.SearchException;
import io.freshet.web.otus.OtusErrors;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where errors become answers: each exception of the modules below has its problem
 * here, and what nobody expected is a 500 that gives nothing away.
 */
public final class Problems implements DirectHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /**
   * Seconds to stay away, drawn anew for each: the pool finds a restarted database within a second
   * or two, and those who were refused together shall not come back together.
   */
  private static final int LEAST_RETRY_SECONDS = 1;

  private static final int MOST_RETRY_SECONDS = 4;
  private static final String RETRY_AFTER = "Retry-After";

  /** The body of an RFC 9457 problem. */
  record Body(
      String type,
      String title,
      int status,
      String detail,
      String requestId,
      List<Problem.FieldError> errors) {}

  private final Traffic traffic;

  Problems(Traffic traffic) {
    this.traffic = traffic;
  }

  void answer(
      ServerRequest request,
      ServerResponse response,
      RuntimeException thrown,
      Optional<Route.Trouble> trouble) {
    String requestId = Envelope.requestId(response);
    Problem problem = problem(thrown);
    traffic.problem(problem.kind());
    log(request, problem, thrown);
    if (response.isSent()) {
      throw new CloseConnectionException("failed after the answer had begun", thrown);
    }
    int status = problem.kind().status();
    if (trouble.isPresent() && isTrouble(status) && Params.takesHtml(request)) {
      response.status(Status.create(status));
      problem.headers().forEach((name, value) -> response.header(name, value));
      trouble.get().show(request, response, status);
      return;
    }
    send(request.path().path(), response, problem, requestId);
  }

  /** Nothing that the address could be blamed for. */
  private static boolean isTrouble(int status) {
    return status == Status.TOO_MANY_REQUESTS_429.code()
        || status >= Status.INTERNAL_SERVER_ERROR_500.code();
  }

  /**
   * A fault with all that is known; a database that is away in one line, for there will be many;
   * what is refused for too much load is only counted.
   */
  private static void log(ServerRequest request, Problem problem, RuntimeException thrown) {
    String path = request.path().path();
    if (problem.kind() == ProblemKind.INTERNAL) {
      LOG.error("failed: {} {}", request.prologue().method(), path, thrown);
    } else if (problem.kind() == ProblemKind.UNAVAILABLE && !isBusy(thrown)) {
      LOG.warn(
          "could not be answered: {} {}: {}", request.prologue().method(), path, thrown.toString());
    }
  }

  private void send(String path, ServerResponse response, Problem problem, String requestId) {
    Problem adapted = OtusErrors.adapt(path, problem);
    response.status(Status.create(adapted.kind().status()));
    adapted.headers().forEach((name, value) -> response.header(name, value));
    if (OtusErrors.covers(path) && adapted.kind().status() >= 500) {
      response.header(HeaderNames.CONTENT_TYPE, "application/json");
      response.send(Json.bytes(OtusErrors.body(adapted, requestId)));
    } else {
      response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
      response.send(body(adapted, requestId));
    }
  }

  private byte[] body(Problem problem, String requestId) {
    ProblemKind kind = problem.kind();
    return Json.bytes(
        new Body(
            kind.type(),
            kind.title(),
            kind.status(),
            problem.detail(),
            requestId,
            problem.errors()));
  }

  static Problem problem(RuntimeException thrown) {
    return switch (thrown) {
      case WebException web -> web.problem();
      case RequestException transport -> transport(transport.status().code());
      case HttpException transport -> transport(transport.status().code());
      case AccountException account -> account(account);
      case GraphException graph -> graph(graph);
      case PostException post -> post(post);
      case QuestionException question -> question(question);
      case MediaException media -> media(media);
      case MailException mail -> mail(mail);
      case SearchException search -> search(search);
      case DialogException dialog -> invalid(dialog.field(), dialog.getMessage());
      default -> database(thrown);
    };
  }

  private static Problem account(AccountException e) {
    return switch (e.problem()) {
      case INVALID -> invalid(e.field(), e.getMessage());
      case WRONG_PASSWORD -> refused(ProblemKind.WRONG_PASSWORD, e.field(), e.getMessage());
      case HANDLE_TAKEN -> refused(ProblemKind.HANDLE_TAKEN, e.field(), e.getMessage());
      case NOT_FOUND -> Problem.of(ProblemKind.NOT_FOUND, text(e));
      case BUSY -> unavailable(text(e));
    };
  }

  private static Problem graph(GraphException e) {
    return switch (e.problem()) {
      case SELF -> invalid("id", e.getMessage());
      case NO_SUCH_ACCOUNT -> Problem.of(ProblemKind.NOT_FOUND, text(e));
      case TOO_MANY_FOLLOWEES -> Problem.of(ProblemKind.TOO_MANY_FOLLOWEES, text(e));
      case TOO_MANY_MUTES -> Problem.of(ProblemKind.TOO_MANY_MUTES, text(e));
      case TOO_MANY_RESTRICTIONS -> Problem.of(ProblemKind.TOO_MANY_RESTRICTIONS, text(e));
    };
  }

  private static Problem post(PostException e) {
    return switch (e.problem()) {
      case INVALID -> invalid(e.field(), e.getMessage());
      case NOT_FOUND -> Problem.of(ProblemKind.NOT_FOUND, text(e));
      case KEY_REUSED -> refused(ProblemKind.IDEMPOTENCY_KEY_REUSED, e.field(), e.getMessage());
    };
  }

  private static Problem question(QuestionException e) {
    return switch (e.problem()) {
      case INVALID -> invalid(e.field(), e.getMessage());
      case NOT_FOUND -> Problem.of(ProblemKind.NOT_FOUND, text(e));
      case KEY_REUSED -> refused(ProblemKind.IDEMPOTENCY_KEY_REUSED, e.field(), e.getMessage());
    };
  }

  private static Problem media(MediaException e) {
    return switch (e.problem()) {
      case INVALID -> invalid(e.field(), e.getMessage());
      case TOO_LARGE -> refused(ProblemKind.BODY_TOO_LARGE, e.field(), e.getMessage());
      case NOT_FOUND -> Problem.of(ProblemKind.NOT_FOUND, text(e));
      case QUOTA -> Problem.of(ProblemKind.QUOTA_EXCEEDED, text(e));
      case ATTACHED -> Problem.of(ProblemKind.MEDIUM_ATTACHED, text(e));
    };
  }

  private static Problem mail(MailException e) {
    return switch (e.problem()) {
      case INVALID -> invalid("address", e.getMessage());
      case OFF -> Problem.of(ProblemKind.NO_MAIL, text(e));
      case NO_ADDRESS -> Problem.of(ProblemKind.NOT_FOUND, text(e));
    };
  }

  private static Problem search(SearchException e) {
    return switch (e.problem()) {
      case INVALID -> invalid("q", "q " + e.getMessage());
      case TOO_SLOW -> unavailable(text(e));
    };
  }

  private static Problem invalid(String field, @Nullable String message) {
    return refused(ProblemKind.INVALID_REQUEST, field, message);
  }

  private static Problem refused(ProblemKind kind, String field, @Nullable String message) {
    String text = Objects.requireNonNullElse(message, "is not valid");
    return new Problem(kind, text, List.of(new Problem.FieldError(field, text)), Map.of());
  }

  private static String text(RuntimeException e) {
    return Objects.requireNonNullElse(e.getMessage(), "");
  }

  /**
   * Requests that are refused before they reach a route: not HTTP, too large, an address that
   * cannot be decoded.
   */
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType eventType,
      Status defaultStatus,
      ServerResponseHeaders headers,
      String message) {
    // Without a method it has not been read so far: the fault is the sender's.
    int status = request.method().isEmpty() ? Status.BAD_REQUEST_400.code() : defaultStatus.code();
    Problem problem = transport(status);
    traffic.problem(problem.kind());
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(Status.create(problem.kind().status()))
            .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
            .keepAlive(false);
    Envelope.SECURITY.forEach(response::header);
    return response.entity(body(problem, "none")).build();
  }

  private static Problem transport(int status) {
    return switch (status) {
      case 413 ->
          Problem.of(
              ProblemKind.BODY_TOO_LARGE, "A body has at most " + Bodies.MAX_BYTES + " bytes");
      case 400, 414, 431, 505 ->
          Problem.of(
              ProblemKind.INVALID_REQUEST,
              "The request is not well-formed HTTP/1.1, or its line or headers are too long");
      default -> internal();
    };
  }

  private static Problem internal() {
    return Problem.of(ProblemKind.INTERNAL, "The fault is recorded under the request id");
  }

  static Problem unavailable() {
    return unavailable("The database cannot be reached: try again in a moment");
  }

  private static Problem unavailable(String detail) {
    int seconds = Jitter.between(LEAST_RETRY_SECONDS, MOST_RETRY_SECONDS);
    return Problem.of(ProblemKind.UNAVAILABLE, detail)
        .withHeader(RETRY_AFTER, Integer.toString(seconds));
  }

  private static Problem database(Throwable thrown) {
    if (isBusy(thrown)) {
      return unavailable("The server has more to do than it can: try again in a moment");
    }
    if (Outage.causes(thrown)) {
      return unavailable();
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return database(sql.getSQLState());
      }
    }
    return internal();
  }

  private static boolean isBusy(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BusyException) {
        return true;
      }
    }
    return false;
  }

  private static Problem database(String state) {
    // A foreign key that leads nowhere: the accounts of a token and of a path are the only ones
    // that come from outside.
    return state.equals("23503")
        ? Problem.of(ProblemKind.NOT_FOUND, "The account that this speaks of does not exist")
        : internal();
  }
}
