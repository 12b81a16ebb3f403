package io.freshet.live;

import com.google.protobuf.ByteString;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.freshet.platform.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that open live connections and channels: JWTs signed with HS256 and nothing else, with the
 * claims that Centrifugo gives a meaning to. They are good for nothing but this. Thread-safe.
 */
public final class LiveTokens {
  /** Keys shorter than this are as good as the same key followed by zeros (RFC 2104). */
  private static final int MIN_KEY = 32;

  private static final int MAX_LENGTH = 16_384;

  /** The claim that names the session: of our own, unknown to others. */
  private static final String LOGIN = "sid";

  /** What a token says, or why it is not taken. */
  sealed interface Check {
    record Good(Claims claims) implements Check {}

    enum Bad implements Check {
      EXPIRED,
      INVALID
    }
  }

  /**
   * @param user empty for someone without a name
   * @param channel that a subscription token opens; empty in a connection token
   * @param login the session that the token was made for; empty for none
   * @param expiry of the connection or subscription; none lasts as long as it likes
   * @param info JSON for others to see, or empty
   * @param channels that the server subscribes the connection to, with the data of each
   */
  record Claims(
      String user,
      String login,
      String channel,
      Optional<Instant> expiry,
      ByteString info,
      Map<String, ByteString> channels) {}

  private final byte[] key;
  private final boolean needsExpiry;
  private final InstantSource clock;

  /**
   * @param secret the same for who issues and who checks
   * @param needsExpiry whether a token without an end is refused
   */
  public LiveTokens(byte[] secret, boolean needsExpiry, InstantSource clock) {
    this.key = Arrays.copyOf(secret, Math.max(secret.length, MIN_KEY));
    this.needsExpiry = needsExpiry;
    this.clock = clock;
  }

  /** A connection token for this user. */
  public String issue(String user, Duration validFor, List<String> channels) {
    return issue(user, "", validFor, channels);
  }

  /**
   * A connection token for this user.
   *
   * @param login the session that it is made for; empty for none
   * @param channels that it subscribes the connection to
   */
  public String issue(String user, String login, Duration validFor, List<String> channels) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validFor)));
    if (!channels.isEmpty()) {
      claims.claim("channels", channels);
    }
    if (!login.isEmpty()) {
      claims.claim(LOGIN, login);
    }
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the token could not be signed", e);
    }
    return token.serialize();
  }

  Check check(String token) {
    if (token.length() > MAX_LENGTH) {
      return Check.Bad.INVALID;
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSVerifier verifier = new MACVerifier(key);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
        return Check.Bad.INVALID;
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Optional<Instant> expiry =
          Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
      Date notBefore = claims.getNotBeforeTime();
      if ((expiry.isEmpty() && needsExpiry)
          || (notBefore != null && notBefore.toInstant().isAfter(clock.instant()))) {
        return Check.Bad.INVALID;
      }
      return expiry.isPresent() && !expiry.get().isAfter(clock.instant())
          ? Check.Bad.EXPIRED
          : new Check.Good(claims(claims, expiry));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Check.Bad.INVALID;
    }
  }

  private static Claims claims(JWTClaimsSet claims, Optional<Instant> expiry)
      throws ParseException {
    String user = claims.getSubject();
    String login = claims.getStringClaim(LOGIN);
    String channel = claims.getStringClaim("channel");
    return new Claims(
        user == null ? "" : user,
        login == null ? "" : login,
        channel == null ? "" : channel,
        endOf(claims, expiry),
        json(claims.getClaim("info")),
        channels(claims));
  }

  /** {@code expire_at} says when the connection ends, apart from the token; 0 is never. */
  private static Optional<Instant> endOf(JWTClaimsSet claims, Optional<Instant> expiry)
      throws ParseException {
    Long expireAt = claims.getLongClaim("expire_at");
    if (expireAt == null) {
      return expiry;
    }
    return expireAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(expireAt));
  }

  /** {@code subs} wins over {@code channels}. */
  private static Map<String, ByteString> channels(JWTClaimsSet claims) throws ParseException {
    Map<String, ByteString> channels = new HashMap<>();
    Map<String, Object> subs = claims.getJSONObjectClaim("subs");
    if (subs != null) {
      subs.forEach((channel, options) ->
          channels.put(
              channel,
              options instanceof Map<?, ?> map ? json(map.get("data")) : ByteString.EMPTY));
    } else {
      List<String> names = claims.getStringListClaim("channels");
      if (names != null) {
        names.forEach(channel -> channels.put(channel, ByteString.EMPTY));
      }
    }
    return channels;
  }

  private static ByteString json(@Nullable Object value) {
    return value == null ? ByteString.EMPTY : ByteString.copyFrom(Json.bytes(value));
  }

  /** A key of our own from the main secret, so that neither's tokens pass for the other's. */
  public static byte[] derived(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(bytes("freshet live connections"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The bytes of a secret that is written as text. */
  public static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
