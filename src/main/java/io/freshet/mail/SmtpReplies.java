package io.freshet.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Reads what a mail server's refusal means (RFC 5321, RFC 3463). Only what says that there is no
 * such mailbox is held against the address: a server that has a wrong idea of us must not cost
 * everybody theirs.
 */
final class SmtpReplies {
  /** Bytes of a refusal that are kept. */
  private static final int MOST = 300;

  /** Mailbox unavailable, not local, name not allowed, domain that takes no mail. */
  private static final Set<Integer> NO_MAILBOX = Set.of(550, 551, 553, 556);

  /** Sign in, sign in better, encrypt: our settings are wrong, not the mail. */
  private static final Set<Integer> WRONG_SETTINGS = Set.of(530, 534, 535, 538);

  private static final int GOING_DOWN = 421;

  private SmtpReplies() {}

  static Sending meaning(MessagingException thrown) {
    Exception each = thrown;
    while (each != null) {
      if (each instanceof SMTPAddressFailedException address) {
        return ofAddress(address.getReturnCode(), why(address));
      }
      each = each instanceof MessagingException chained ? chained.getNextException() : null;
    }
    return switch (thrown) {
      case SMTPSendFailedException send -> ofMail(send.getReturnCode(), why(send));
      case SMTPSenderFailedException sender -> ofMail(sender.getReturnCode(), why(sender));
      case AuthenticationFailedException signIn -> new Sending.Later(why(signIn), true);
      default -> new Sending.Later(why(thrown), true);
    };
  }

  private static Sending ofAddress(int code, String why) {
    boolean isPolicy = why.contains(" 5.7.") || why.contains("relay");
    if (NO_MAILBOX.contains(code) && !isPolicy) {
      return new Sending.NoMailbox(why);
    }
    return new Sending.Later(why, code == GOING_DOWN);
  }

  private static Sending ofMail(int code, String why) {
    if (code == GOING_DOWN || code < 0 || WRONG_SETTINGS.contains(code)) {
      return new Sending.Later(why, true);
    }
    return code < 500 ? new Sending.Later(why, false) : new Sending.Refused(why);
  }

  private static String why(Exception thrown) {
    StringBuilder text = new StringBuilder(String.valueOf(thrown.getMessage()));
    if (thrown.getCause() != null) {
      text.append(": ").append(thrown.getCause().getMessage());
    }
    return OneLine.of(text.toString(), MOST);
  }
}
