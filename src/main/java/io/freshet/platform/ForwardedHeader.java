package io.freshet.platform;

import java.util.stream.Stream;

/** How a proxy says for whom it asks; what is in the other header was sent by anybody. */
public enum ForwardedHeader {
  X_FORWARDED_FOR("X-Forwarded-For"),
  FORWARDED("Forwarded");

  private final String text;

  ForwardedHeader(String text) {
    this.text = text;
  }

  /** The header's name. */
  public String text() {
    return text;
  }

  static ForwardedHeader parse(String text) {
    return Stream.of(values())
        .filter(header -> header.text.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new OperatorException(
                "http.forwardedHeader must be X-Forwarded-For or Forwarded, not \""
                    + text
                    + "\"."));
  }
}
