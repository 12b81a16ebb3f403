package io.freshet.live;

import io.freshet.live.protocol.Error;

/** What a command or an API call is refused with; codes and words are those of Centrifugo. */
public enum LiveError {
  INTERNAL(100, "internal server error", true),
  UNKNOWN_CHANNEL(102, "unknown channel", false),
  PERMISSION_DENIED(103, "permission denied", false),
  METHOD_NOT_FOUND(104, "method not found", false),
  ALREADY_SUBSCRIBED(105, "already subscribed", false),
  LIMIT_EXCEEDED(106, "limit exceeded", false),
  BAD_REQUEST(107, "bad request", false),
  NOT_AVAILABLE(108, "not available", false),
  TOKEN_EXPIRED(109, "token expired", false),
  UNRECOVERABLE_POSITION(112, "unrecoverable position", false);

  private final int code;
  private final String text;
  private final boolean isTemporary;

  LiveError(int code, String text, boolean isTemporary) {
    this.code = code;
    this.text = text;
    this.isTemporary = isTemporary;
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }

  Error toProtocol() {
    return Error.newBuilder().setCode(code).setMessage(text).setTemporary(isTemporary).build();
  }

  public LiveException thrown() {
    return new LiveException(this);
  }
}
