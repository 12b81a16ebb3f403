package io.freshet.web.live;

/** A client that does not keep to RFC 6455; carries the code to close with. */
final class Violation extends Exception {
  private static final long serialVersionUID = 1L;

  static final int PROTOCOL_ERROR = 1002;
  static final int NOT_UTF_8 = 1007;
  static final int TOO_BIG = 1009;

  private final int code;

  Violation(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  static Violation protocol(String reason) {
    return new Violation(PROTOCOL_ERROR, reason);
  }

  int code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
