package io.freshet.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.freshet.platform.Unguessable;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/**
 * Access tokens: JWTs signed with HS256 and nothing else, with issuer, audience, type, subject and
 * expiry all required. A token is verified once and remembered until it expires. Thread-safe.
 */
public final class Tokens {
  private static final String ISSUER = "freshet";
  private static final String AUDIENCE = "freshet-api";
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final int MAX_LENGTH = 2_048;

  /** Verified tokens kept: about 300 bytes each. */
  private static final int REMEMBERED = 100_000;

  /** The claim that names the session. */
  private static final String SESSION = "sid";

  private record Verified(Access access, Instant expiry) {}

  private final byte[] secret;
  private final Duration lifetime;
  private final InstantSource clock;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /**
   * @param secret at least 32 bytes
   */
  public Tokens(byte[] secret, Duration lifetime, InstantSource clock) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("the token secret needs at least 32 bytes");
    }
    this.secret = secret.clone();
    this.lifetime = lifetime;
    this.clock = clock;
  }

  public Duration lifetime() {
    return lifetime;
  }

  /** Of no session: good until it expires, for as long as there is the account. */
  public String issue(AccountId account) {
    return issue(Access.of(account), lifetime);
  }

  public String issue(Access access, Duration validFor) {
    return issue(access, AUDIENCE, validFor);
  }

  /** A token that is good for one purpose, its audience, and no other. */
  String issue(Access access, String audience, Duration validFor) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(audience)
            .jwtID(Unguessable.uuid())
            .subject(access.account().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validFor)));
    access.session().ifPresent(session -> claims.claim(SESSION, session.toString()));
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims.build());
    try {
      token.sign(new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException("the token could not be signed", e);
    }
    return token.serialize();
  }

  /**
   * What this token gives; empty unless it is genuine and has not expired. Whether its session goes
   * on is for {@link Standing} to say.
   */
  public Optional<Access> verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known == null) {
      if (token.length() > MAX_LENGTH) {
        return Optional.empty();
      }
      Optional<Verified> checked = check(token, AUDIENCE);
      if (checked.isEmpty()) {
        return Optional.empty();
      }
      known = checked.get();
      verified.put(token, known);
    }
    return clock.instant().isBefore(known.expiry())
        ? Optional.of(known.access())
        : Optional.empty();
  }

  /** The same for a token of this purpose. */
  Optional<Access> verify(String token, String audience) {
    return token.length() > MAX_LENGTH
        ? Optional.empty()
        : check(token, audience)
            .filter(checked -> clock.instant().isBefore(checked.expiry()))
            .map(Verified::access);
  }

  private Optional<Verified> check(String token, String audience) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      JWSVerifier verifier = new MACVerifier(secret);
      boolean genuine =
          JWSAlgorithm.HS256.equals(header.getAlgorithm())
              && TYPE.equals(header.getType())
              && header.getKeyID() == null // there is one key: no token of ours names any
              && jwt.verify(verifier);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!genuine
          || !ISSUER.equals(claims.getIssuer())
          || !claims.getAudience().contains(audience)
          || claims.getSubject() == null
          || claims.getExpirationTime() == null) {
        return Optional.empty();
      }
      AccountId account = new AccountId(Long.parseLong(claims.getSubject()));
      Optional<SessionId> session =
          Optional.ofNullable(claims.getStringClaim(SESSION))
              .map(id -> new SessionId(Long.parseLong(id)));
      return Optional.of(
          new Verified(new Access(account, session), claims.getExpirationTime().toInstant()));
    } catch (ParseException | JOSEException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
