package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.web.Problem;
import io.freshet.web.Problem.FieldError;
import io.freshet.web.ProblemKind;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The contract's way of saying no: 404 is known to two operations only, every other refusal is a
 * 400, and a fault is {message, request_id, code}.
 */
public final class OtusErrors {
  private static final Pattern PATHS =
      Pattern.compile("/(login|user/.*|friend/.*|post/.*|dialog/.*)");
  private static final Pattern KNOWS_404 = Pattern.compile("/(login|user/get/.*)");
  private static final Set<ProblemKind> REFUSALS =
      Set.of(
          ProblemKind.NOT_FOUND,
          ProblemKind.HANDLE_TAKEN,
          ProblemKind.TOO_MANY_FOLLOWEES,
          ProblemKind.IDEMPOTENCY_KEY_REUSED);
  private static final Map<String, String> NAMES =
      Map.of("firstName", "first_name", "lastName", "second_name");

  private OtusErrors() {}

  /** The contract's body of 500 and 503. */
  public record Body(String message, @JsonProperty("request_id") String requestId, int code) {}

  public static boolean covers(String path) {
    return PATHS.matcher(path).matches();
  }

  /** The problem as the contract knows it; an address that is no operation of it stays a 404. */
  public static Problem adapt(String path, Problem problem) {
    if (!covers(path)) {
      return problem;
    }
    boolean known = problem.kind() == ProblemKind.NOT_FOUND && KNOWS_404.matcher(path).matches();
    boolean refusal = REFUSALS.contains(problem.kind()) && !known;
    return new Problem(
        refusal ? ProblemKind.INVALID_REQUEST : problem.kind(),
        problem.detail(),
        problem.errors().stream().map(OtusErrors::renamed).toList(),
        problem.headers());
  }

  public static Body body(Problem problem, String requestId) {
    return new Body(problem.detail(), requestId, problem.kind().status());
  }

  private static FieldError renamed(FieldError error) {
    return new FieldError(NAMES.getOrDefault(error.field(), error.field()), error.message());
  }
}
