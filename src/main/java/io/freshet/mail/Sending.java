package io.freshet.mail;

/** What came of an attempt to send a mail. */
public sealed interface Sending {

  /** The server has it. */
  record Sent() implements Sending {}

  /**
   * It is to be tried again.
   *
   * @param isServers whether other mails would fare no better
   */
  record Later(String why, boolean isServers) implements Sending {}

  /** The server does not take this mail, whenever it is tried. */
  record Refused(String why) implements Sending {}

  /** There is no such mailbox. */
  record NoMailbox(String why) implements Sending {}
}
