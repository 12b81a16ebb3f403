package io.freshet.account;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Access tokens: nobody gets in but with the one that was given out. */
final class TokenTarget implements FuzzTarget {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER =
      "another secret of thirty-two bytes and more".getBytes(StandardCharsets.UTF_8);

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
  private final Tokens tokens = new Tokens(SECRET, Duration.ofMinutes(15), clock);
  private final String good = tokens.issue(new AccountId(7));

  @Override
  public void take(byte[] input) {
    String token = new String(input, StandardCharsets.UTF_8);
    if (tokens.verify(token).isPresent() && !token.equals(good)) {
      throw new IllegalStateException("a token that nobody gave out: " + token);
    }
  }

  @Override
  public List<byte[]> seeds() {
    String forged = new Tokens(OTHER, Duration.ofMinutes(15), clock).issue(new AccountId(7));
    String claims = good.split("\\.")[1];
    return Seeds.of(
        forged,
        "eyJhbGciOiJub25lIn0." + claims + ".",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0." + claims + ".AAAA",
        "a.b.c",
        "");
  }
}
