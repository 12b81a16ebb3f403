package io.freshet.web;

import java.util.Locale;

/** The kinds of problem we answer with (RFC 9457); the type's URN is the name in lower case. */
public enum ProblemKind {
  INVALID_REQUEST(400, "The request is not valid"),
  UNAUTHORIZED(401, "Sign in first"),
  WRONG_PASSWORD(403, "The password is wrong"),
  ADMINISTRATORS_ONLY(403, "This is for administrators"),
  ORIGIN_NOT_ALLOWED(403, "Pages from there may not do this"),
  QUOTA_EXCEEDED(403, "There is no room for more"),
  NOT_FOUND(404, "There is no such thing"),
  NO_SUCH_ADDRESS(404, "Nothing has this address"),
  METHOD_NOT_ALLOWED(405, "This address does not take this method"),
  HANDLE_TAKEN(409, "The handle is taken"),
  TOO_MANY_FOLLOWEES(409, "The account follows as many as it may"),
  MEDIUM_ATTACHED(409, "The medium is part of a post"),
  TOO_MANY_MUTES(409, "The account mutes as many as it may"),
  TOO_MANY_RESTRICTIONS(409, "The account restricts as many as it may"),
  NO_MAIL(409, "This server sends no mail"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is of another type than it must be"),
  RANGE_NOT_SATISFIABLE(416, "The file has no such part"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  UPGRADE_REQUIRED(426, "This address speaks WebSocket"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL(500, "Something went wrong on our side"),
  UNAVAILABLE(503, "The service is not available right now");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String type() {
    return "urn:freshet:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
