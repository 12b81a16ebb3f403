package io.freshet.live;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Connection tokens: nothing without our signature is good. */
final class LiveTokenTarget implements FuzzTarget {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  private final LiveTokens tokens = tokens("one secret of thirty-two bytes and more");

  private static LiveTokens tokens(String secret) {
    return new LiveTokens(secret.getBytes(StandardCharsets.UTF_8), true, CLOCK);
  }

  @Override
  public void take(byte[] input) {
    if (tokens.check(new String(input, StandardCharsets.UTF_8)) instanceof LiveTokens.Check.Good) {
      throw new IllegalStateException("a token that nobody gave out");
    }
  }

  @Override
  public List<byte[]> seeds() {
    LiveTokens others = tokens("another secret of thirty-two bytes and more");
    String token = others.issue("7", Duration.ofMinutes(5), List.of("post:1"));
    return Seeds.of(token, "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".", "a.b.c", "");
  }
}
