package io.freshet.mail;

import java.net.URI;

/**
 * Where links in mails lead.
 *
 * @param base where people reach this server, without a slash at the end
 */
public record Links(String base) {
  public static final String CONFIRM = "/mail/confirm";
  public static final String UNSUBSCRIBE = "/mail/unsubscribe";

  /** The page of a question. */
  public String question(long question) {
    return base + "/questions/" + question;
  }

  /** The place of an answer on it. */
  public String answer(long question, long answer) {
    return question(question) + "#answer-" + answer;
  }

  String confirm(String token) {
    return base + CONFIRM + "?token=" + token;
  }

  String unsubscribe(String token) {
    return base + UNSUBSCRIBE + "?token=" + token;
  }

  /** The name of this server, as mails are named after it. */
  String host() {
    return URI.create(base).getHost();
  }
}
