package io.freshet.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.freshet.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final byte[] SECRET =
      "a secret of at least sixty-four bytes, so that HS512 would take it as well"
          .getBytes(StandardCharsets.UTF_8);
  private final MovableClock clock = new MovableClock();
  private final Tokens tokens = new Tokens(SECRET, Duration.ofMinutes(15), clock);

  @Test
  void knowsWhoseTokenItIs() {
    assertThat(tokens.verify(tokens.issue(new AccountId(42)))).contains(new AccountId(42));
  }

  @Test
  void forgetsATokenThatHasExpiredThoughItWasVerifiedBefore() {
    String token = tokens.issue(new AccountId(42));
    tokens.verify(token);
    clock.advance(Duration.ofMinutes(15));
    assertThat(tokens.verify(token)).isEmpty();
  }

  @Test
  void refusesForgedTokens() throws JOSEException {
    byte[] other =
        "another secret, which an attacker has made up all by themselves...."
            .getBytes(StandardCharsets.UTF_8);
    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, "at+jwt", claims().build(), other)))
        .isEmpty();
    assertThat(tokens.verify(signed(JWSAlgorithm.HS512, "at+jwt", claims().build(), SECRET)))
        .isEmpty();
    assertThat(tokens.verify(signed(JWSAlgorithm.HS256, "JWT", claims().build(), SECRET)))
        .isEmpty();
    assertThat(tokens.verify(new PlainJWT(claims().build()).serialize())).isEmpty();
    assertThat(tokens.verify("")).isEmpty();
    assertThat(tokens.verify("a.b.c")).isEmpty();
    assertThat(tokens.verify("x".repeat(100_000))).isEmpty();
  }

  @Test
  void requiresIssuerAudienceSubjectAndExpiry() throws JOSEException {
    assertThat(verify(claims())).contains(new AccountId(42));
    assertThat(verify(claims().issuer("someone"))).isEmpty();
    assertThat(verify(claims().audience("something"))).isEmpty();
    assertThat(verify(claims().subject("me"))).isEmpty();
    assertThat(verify(claims().subject(null))).isEmpty();
    assertThat(verify(claims().expirationTime(null))).isEmpty();
    assertThat(verify(claims().expirationTime(Date.from(clock.instant().minusSeconds(1)))))
        .isEmpty();
  }

  private java.util.Optional<AccountId> verify(JWTClaimsSet.Builder claims) throws JOSEException {
    return tokens.verify(signed(JWSAlgorithm.HS256, "at+jwt", claims.build(), SECRET));
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("freshet")
        .audience("freshet-api")
        .subject("42")
        .expirationTime(Date.from(clock.instant().plusSeconds(60)));
  }

  private static String signed(
      JWSAlgorithm algorithm, String type, JWTClaimsSet claims, byte[] secret)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).build(), claims);
    token.sign(new MACSigner(secret));
    return token.serialize();
  }
}
