package io.freshet.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of e-mail.
 *
 * @param smtp the server that takes it; empty: none is sent
 * @param from what stands in it as sender
 * @param isShown whether what would have been sent is kept and shown at /dev/mail, without a server
 * @param digestMinutes news that come within so long after a mail are gathered into one
 * @param perMinute mails that one process sends at most
 * @param retryHours after which a mail that cannot be sent is parked
 * @param timeoutSeconds of each step of the talk with the server
 */
public record MailSettings(
    Optional<Smtp> smtp,
    String from,
    boolean isShown,
    int digestMinutes,
    int perMinute,
    int retryHours,
    int timeoutSeconds) {

  /** An address, or a name and an address in angle brackets. */
  private static final Pattern FROM =
      Pattern.compile(
          "(?:[^<>\\p{Cntrl}\"]{1,100} )?<%1$s>|%1$s"
              .formatted("[\\w.!#$%&'*+/=?^`{|}~-]+@[\\w.-]+"));

  /** When the talk is encrypted. */
  public enum Tls {
    IF_OFFERED,
    REQUIRED,
    FROM_THE_START
  }

  /** A mail server. */
  public record Smtp(
      String host, int port, Optional<String> user, Optional<String> password, Tls tls) {}

  /** Whether there is anywhere for mail to go. */
  public boolean isOn() {
    return smtp.isPresent() || isShown;
  }

  static MailSettings read(ConfigSource from) {
    String url = from.text("mail.url", "");
    MailSettings settings =
        new MailSettings(
            url.isEmpty() ? Optional.empty() : Optional.of(parse(url)),
            from.text("mail.from", ""),
            from.flag("mail.dev", false),
            from.number("mail.digestMinutes", 15, 1, 10_080),
            from.number("mail.perMinute", 120, 1, 100_000),
            from.number("mail.retryHours", 24, 1, 720),
            from.number("mail.timeoutSeconds", 15, 1, 50));
    if (settings.smtp().isPresent() && !FROM.matcher(settings.from()).matches()) {
      throw new OperatorException(
          "mail.url is set, but not who sends: set mail.from, for example to Freshet"
              + " <news@example.org>.");
    }
    return settings;
  }

  /**
   * Reads {@code smtp://user:password@host:port}; by {@code smtps} it is encrypted from the start,
   * by {@code smtp+starttls} soon after it. A password leaves this machine encrypted only.
   */
  private static Smtp parse(String url) {
    try {
      URI uri = new URI(url);
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
      String host = Optional.ofNullable(uri.getHost()).orElse("");
      String[] user = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
      boolean isKnown = List.of("smtp", "smtps", "smtp+starttls").contains(scheme);
      boolean isBare = "".equals(uri.getRawPath()) && uri.getRawQuery() == null;
      if (isKnown && isBare && !host.isEmpty() && (user[0].isEmpty() || user.length == 2)) {
        Tls tls = tls(scheme, host, !user[0].isEmpty());
        int usual = tls == Tls.FROM_THE_START ? 465 : tls == Tls.REQUIRED ? 587 : 25;
        return new Smtp(
            host,
            uri.getPort() < 0 ? usual : uri.getPort(),
            user[0].isEmpty() ? Optional.empty() : Optional.of(decode(user[0])),
            user.length < 2 ? Optional.empty() : Optional.of(decode(user[1])),
            tls);
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new OperatorException(refusal(), e);
    }
    throw new OperatorException(refusal());
  }

  private static Tls tls(String scheme, String host, boolean hasPassword) {
    boolean isNear = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return switch (scheme) {
      case "smtps" -> Tls.FROM_THE_START;
      case "smtp+starttls" -> Tls.REQUIRED;
      default -> hasPassword && !isNear ? Tls.REQUIRED : Tls.IF_OFFERED;
    };
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the value, which may hold a password. */
  private static String refusal() {
    return "mail.url must be like smtps://user:password@host:465, smtp+starttls://user:password@host:587"
        + " or smtp://host:25, with what is special in the password written as %XX.";
  }
}
