package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.freshet.live.LiveTokens.Check;
import io.freshet.testkit.MovableClock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTokensTest {
  private static final String SECRET =
      "a secret of at least sixty-four bytes, for the longest algorithm of all";

  private final MovableClock clock = new MovableClock();
  private final LiveTokens tokens = new LiveTokens(LiveTokens.bytes(SECRET), true, clock);

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("42")
        .expirationTime(Date.from(clock.instant().plusSeconds(60)));
  }

  private static String sign(JWSAlgorithm algorithm, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
    token.sign(new MACSigner(LiveTokens.bytes(SECRET)));
    return token.serialize();
  }

  private Check check(JWTClaimsSet.Builder claims) throws JOSEException {
    return tokens.check(sign(JWSAlgorithm.HS256, claims.build()));
  }

  @Test
  void takesItsOwnUntilTheyExpire() {
    String token = tokens.issue("42", Duration.ofMinutes(1), List.of("author:7"));
    assertThat(tokens.check(token))
        .isInstanceOfSatisfying(
            Check.Good.class,
            good -> {
              assertThat(good.claims().user()).isEqualTo("42");
              assertThat(good.claims().channels().keySet()).containsExactly("author:7");
            });
    clock.advance(Duration.ofMinutes(1));
    assertThat(tokens.check(token)).isEqualTo(Check.Bad.EXPIRED);
  }

  @Test
  void refusesWhatIsForgedOrWithoutAnEnd() throws JOSEException {
    String good = sign(JWSAlgorithm.HS256, claims().build());
    assertThat(tokens.check(good)).isInstanceOf(Check.Good.class);
    assertThat(tokens.check(good + "x")).isEqualTo(Check.Bad.INVALID);
    assertThat(tokens.check("nonsense")).isEqualTo(Check.Bad.INVALID);
    assertThat(tokens.check(sign(JWSAlgorithm.HS512, claims().build())))
        .isEqualTo(Check.Bad.INVALID);
    assertThat(tokens.check(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(Check.Bad.INVALID);
    assertThat(check(new JWTClaimsSet.Builder().subject("42"))).isEqualTo(Check.Bad.INVALID);
    assertThat(check(claims().notBeforeTime(Date.from(clock.instant().plusSeconds(5)))))
        .isEqualTo(Check.Bad.INVALID);
    assertThat(new LiveTokens(LiveTokens.bytes("other"), true, clock).check(good))
        .isEqualTo(Check.Bad.INVALID);
  }

  @Test
  void takesNoTokenOfTheApi() {
    byte[] secret = LiveTokens.bytes("the main secret, of at least 32 bytes");
    String access =
        new io.freshet.account.Tokens(secret, Duration.ofMinutes(5), clock)
            .issue(new io.freshet.account.AccountId(42));
    assertThat(new LiveTokens(LiveTokens.derived(secret), true, clock).check(access))
        .isEqualTo(Check.Bad.INVALID);
  }

  @Test
  void prefersSubsToChannelsAndExpireAtToExp() throws JOSEException {
    Check check =
        check(
            claims()
                .claim("channels", List.of("a"))
                .claim("subs", Map.of("b", Map.of("data", Map.of("x", 1))))
                .claim("info", Map.of("name", "Ada"))
                .claim("expire_at", 0));
    assertThat(check)
        .isInstanceOfSatisfying(
            Check.Good.class,
            good -> {
              assertThat(good.claims().channels().keySet()).containsExactly("b");
              assertThat(good.claims().expiry()).isEmpty();
              assertThat(good.claims().info().toStringUtf8()).isEqualTo("{\"name\":\"Ada\"}");
            });
  }

  @Test
  void takesShortSecretsOfDevelopmentServers() {
    LiveTokens shortOnes = new LiveTokens(LiveTokens.bytes("secret"), false, clock);
    String fromElsewhere =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MzgwNzg4MjR9.MTb3higWfFW04E9-8wmTFOcf4MEm-rMDQaNKJ1VU_n4";
    assertThat(shortOnes.check(fromElsewhere)).isInstanceOf(Check.Good.class);
  }
}
