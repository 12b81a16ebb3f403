package io.freshet.mail;

import java.util.Map;
import java.util.Optional;

/**
 * Writes the question whether an address is that of the account. It may go to a stranger, so it
 * says nothing that its sender could word freely.
 */
record Confirmations(MailTokens tokens, Links links, Names names, Templates templates)
    implements Composer {

  Confirmations(MailTokens tokens, Links links, Names names) {
    this(tokens, links, names, new Templates());
  }

  @Override
  public Optional<MailText> compose(Waiting mail) {
    return names
        .of(mail.account())
        .map(handle ->
            templates.fill(
                "confirm",
                Map.of(
                    "handle", handle,
                    "days", MailTokens.CONFIRMATION.toDays(),
                    "link", links.confirm(tokens.confirm(mail.account(), mail.address())))));
  }
}
