package io.freshet.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address of the plain kind: ASCII, without quotes and comments, in a domain with a dot.
 * The domain is kept in lower case.
 */
record MailAddress(String text) {
  private static final int MOST = 254;
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,31}"
              + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}[A-Za-z]{2,63}");

  static MailAddress of(String text) {
    int at = text.lastIndexOf('@');
    if (text.length() > MOST || at > 64 || !FORM.matcher(text).matches()) {
      throw new MailException(
          MailException.Problem.INVALID, "must be an e-mail address like ada@example.org");
    }
    return new MailAddress(
        text.substring(0, at + 1) + text.substring(at + 1).toLowerCase(Locale.ROOT));
  }
}
