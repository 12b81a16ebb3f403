package io.freshet.mail;

import java.util.Optional;

/** Writes mails of one kind when they are about to be sent. */
@FunctionalInterface
public interface Composer {
  /** What it says by what is true now; empty when there is nothing to say any more. */
  Optional<MailText> compose(Waiting mail);
}
