package io.freshet.account;

import io.freshet.platform.Unguessable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * What carries a session on: its id, 128 random bits that stay while it lasts, and 256 that are
 * drawn anew by each refresh. People hold it as one opaque word; we keep hashes of the random
 * parts, for which one round of SHA-256 is enough.
 */
record SessionSecret(SessionId session, byte[] family, byte[] secret) {
  private static final int FAMILY_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int BYTES = Long.BYTES + FAMILY_BYTES + SECRET_BYTES;

  /** 56 bytes in base64url. */
  private static final int LENGTH = 75;

  static SessionSecret draw(SessionId session) {
    return new SessionSecret(
        session, Unguessable.bytes(FAMILY_BYTES), Unguessable.bytes(SECRET_BYTES));
  }

  /** The same session's next one. */
  SessionSecret next() {
    return new SessionSecret(session, family, Unguessable.bytes(SECRET_BYTES));
  }

  static Optional<SessionSecret> parse(String word) {
    if (word.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(word));
      SessionId session = new SessionId(bytes.getLong());
      byte[] family = new byte[FAMILY_BYTES];
      byte[] secret = new byte[SECRET_BYTES];
      bytes.get(family).get(secret);
      return Optional.of(new SessionSecret(session, family, secret));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  String word() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES).putLong(session.value()).put(family).put(secret).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  byte[] familyHash() {
    return sha256(family);
  }

  byte[] secretHash() {
    return sha256(secret);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
