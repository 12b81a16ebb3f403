package io.freshet.mail;

/**
 * What a mail says, twice: as text and as HTML.
 *
 * @param subject one line
 */
public record MailText(String subject, String text, String html) {
  public MailText {
    OneLine.require("subject", subject);
  }
}
