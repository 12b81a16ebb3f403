package io.freshet.mail;

import java.util.Optional;

/**
 * A mail as a server is handed it.
 *
 * @param id of the mail: the same at each attempt, so that its receiver can tell a second copy
 * @param unsubscribe the address of the link that ends such mail
 */
public record Letter(
    long id, long account, String to, MailText says, Optional<String> unsubscribe) {
  public Letter {
    OneLine.require("recipient", to);
    unsubscribe.ifPresent(link -> OneLine.require("link", link));
  }
}
