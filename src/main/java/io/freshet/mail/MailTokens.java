package io.freshet.mail;

import io.freshet.platform.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens in links of mails: each names an account and a purpose, signed (HMAC-SHA256) by a key
 * derived from the server's secret, so that nothing is kept of them. Thread-safe.
 */
final class MailTokens {
  /** A confirmation is good for so long: mail may lie for a weekend. */
  static final Duration CONFIRMATION = Duration.ofDays(3);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile("([cu])([1-9][0-9]{0,18})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  private final byte[] key;
  private final InstantSource clock;

  MailTokens(byte[] secret, InstantSource clock) {
    this.key = mac(secret, "links in mails");
    this.clock = clock;
  }

  /** Whoever has it may end the mails of an account; it does not end by itself. */
  String unsubscribe(long account) {
    return token('u', account, 0, "");
  }

  /** Whoever has it got the mail that went to this address. */
  String confirm(long account, String address) {
    return token('c', account, clock.instant().plus(CONFIRMATION).getEpochSecond(), address);
  }

  /** The account whose mails a token ends. */
  OptionalLong unsubscribed(String token) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches() || !parts.group(1).equals("u")) {
      return OptionalLong.empty();
    }
    return Ids.parse(parts.group(2))
        .filter(account -> isSame(token, unsubscribe(account)))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The account that a token of a confirmation names; it proves nothing yet. */
  static OptionalLong named(String token) {
    Matcher parts = FORM.matcher(token);
    return parts.matches()
        ? Ids.parse(parts.group(2)).map(OptionalLong::of).orElseGet(OptionalLong::empty)
        : OptionalLong.empty();
  }

  /** Whether a token confirms this address of this account, now. */
  boolean confirms(String token, long account, String address) {
    Matcher parts = FORM.matcher(token);
    if (!parts.matches() || !parts.group(1).equals("c")) {
      return false;
    }
    long until = Long.parseLong(parts.group(3));
    return isSame(token, token('c', account, until, address))
        && clock.instant().isBefore(Instant.ofEpochSecond(until));
  }

  private String token(char purpose, long account, long until, String address) {
    byte[] signature = mac(key, purpose + "\n" + account + "\n" + until + "\n" + address);
    return purpose
        + Long.toString(account)
        + "."
        + until
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
