package io.freshet.web;

import java.util.List;
import java.util.Map;

/**
 * What is wrong with a request, said so that the caller can mend it: per field where one is to
 * blame, with the headers that belong to it.
 */
public record Problem(
    ProblemKind kind, String detail, List<FieldError> errors, Map<String, String> headers) {

  /**
   * One field (of the body, a query parameter, a path segment or a header) and what is wrong with
   * it.
   */
  public record FieldError(String field, String message) {}

  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of());
  }

  /** No route has the address. */
  public static Problem noSuchAddress() {
    return of(ProblemKind.NO_SUCH_ADDRESS, "No operation has this address; /docs lists them");
  }

  public static Problem invalid(String field, String message) {
    return new Problem(
        ProblemKind.INVALID_REQUEST,
        field + " " + message,
        List.of(new FieldError(field, message)),
        Map.of());
  }

  public Problem withHeader(String name, String value) {
    return new Problem(kind, detail, errors, Map.of(name, value));
  }

  public WebException thrown() {
    return new WebException(this);
  }
}
