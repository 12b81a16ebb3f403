package io.freshet.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where an account's mail goes.
 *
 * @param answers whether answers to the account's questions are mailed
 */
public record Mailbox(String address, State state, boolean answers) {
  /** What is known of it. */
  public enum State {
    /** It has been asked whether it is the account's. */
    UNCONFIRMED,
    CONFIRMED,
    /** A mail server has said that there is none. */
    BOUNCING;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether news may go there. */
  boolean takes(MailKind kind) {
    return switch (kind) {
      case CONFIRM -> state == State.UNCONFIRMED;
      case ANSWERS -> state == State.CONFIRMED && answers;
    };
  }
}
