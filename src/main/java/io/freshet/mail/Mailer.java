package io.freshet.mail;

/** Hands mails over to whoever brings them. Called by several threads at once. */
@FunctionalInterface
public interface Mailer {
  /** Tries once, within a time of its own. */
  Sending send(Letter letter);
}
