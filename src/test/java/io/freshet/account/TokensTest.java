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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final byte[] SECRET =
      "a secret of at least sixty-four bytes, so that HS512 would take it as well"
          .getBytes(StandardCharsets.UTF_8);
  private final MovableClock clock = new MovableClock();
  private final Tokens tokens = new Tokens(SECRET, Duration.ofMinutes(15), clock);

  @Test
  void knowsWhoseTokenItIs() {
    assertThat(tokens.verify(tokens.issue(new AccountId(42))))
        .contains(Access.of(new AccountId(42)));
  }

  @Test
  void namesTheSessionItIsOf() {
    Access access = new Access(new AccountId(42), Optional.of(new SessionId(7)));
    assertThat(tokens.verify(tokens.issue(access, Duration.ofMinutes(1)))).contains(access);
  }

  /** There is one key, so nobody gets to say which: not a file, not a query, not an empty one. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "../../../../dev/null", "' OR 1=1 --", "https://evil.example/key"})
  void takesNoAdviceOnItsKey(String kid) throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(kid)
            .build();
    for (byte[] key : List.of(SECRET, new byte[32])) {
      SignedJWT token = new SignedJWT(header, claims().build());
      token.sign(new MACSigner(key));
      assertThat(tokens.verify(token.serialize())).isEmpty();
    }
  }

  @Test
  void requiresItsOwnFormOfASession() throws JOSEException {
    assertThat(verify(claims().claim("sid", "7")).flatMap(Access::session))
        .contains(new SessionId(7));
    assertThat(verify(claims().claim("sid", "seven"))).isEmpty();
    assertThat(verify(claims().claim("sid", 7))).isEmpty();
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
    assertThat(verify(claims())).contains(Access.of(new AccountId(42)));
    assertThat(verify(claims().issuer("someone"))).isEmpty();
    assertThat(verify(claims().audience("something"))).isEmpty();
    assertThat(verify(claims().subject("me"))).isEmpty();
    assertThat(verify(claims().subject(null))).isEmpty();
    assertThat(verify(claims().expirationTime(null))).isEmpty();
    assertThat(verify(claims().expirationTime(Date.from(clock.instant().minusSeconds(1)))))
        .isEmpty();
  }

  private Optional<Access> verify(JWTClaimsSet.Builder claims) throws JOSEException {
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
