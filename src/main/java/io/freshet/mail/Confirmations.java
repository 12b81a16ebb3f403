package io.freshet.mail;

import java.util.Map;
import java.util.Optional;

/** Writes the question whether an address is that of the account. */
record Confirmations(MailTokens tokens, Links links, Names names, Templates templates)
    implements Composer {

  Confirmations(MailTokens tokens, Links links, Names names) {
    this(tokens, links, names, new Templates());
  }

  @Override
  public Optional<MailText> compose(Waiting mail) {
    return names
        .of(mail.account())
        .map(person ->
            templates.fill(
                "confirm",
                Map.of(
                    "name", OneLine.of(person.name(), 100),
                    "handle", person.handle(),
                    "days", MailTokens.CONFIRMATION.toDays(),
                    "link", links.confirm(tokens.confirm(mail.account(), mail.address())))));
  }
}
