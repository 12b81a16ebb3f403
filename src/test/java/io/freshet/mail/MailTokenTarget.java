package io.freshet.mail;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Tokens in links of mails: nobody ends or confirms mails but by the token that was sent. */
final class MailTokenTarget implements FuzzTarget {
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER =
      "another secret of thirty-two bytes and more".getBytes(StandardCharsets.UTF_8);
  private static final long ACCOUNT = 742_000_000_000_000_001L;
  private static final String ADDRESS = "ann@mail.example";

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
  private final MailTokens tokens = new MailTokens(SECRET, clock);
  private final String unsubscribe = tokens.unsubscribe(ACCOUNT);
  private final String confirm = tokens.confirm(ACCOUNT, ADDRESS);

  @Override
  public void take(byte[] input) {
    String token = new String(input, StandardCharsets.UTF_8);
    boolean ends = tokens.unsubscribed(token).isPresent();
    boolean confirms = tokens.confirms(token, ACCOUNT, ADDRESS);
    if ((ends && !token.equals(unsubscribe)) || (confirms && !token.equals(confirm))) {
      throw new IllegalStateException("a token that nobody gave out: " + token);
    }
    MailTokens.named(token);
  }

  @Override
  public List<byte[]> seeds() {
    MailTokens others = new MailTokens(OTHER, clock);
    return Seeds.of(
        others.unsubscribe(ACCOUNT),
        others.confirm(ACCOUNT, ADDRESS),
        tokens.confirm(ACCOUNT, "eve@mail.example"),
        unsubscribe.replace('u', 'c'),
        "u9223372036854775807.0." + "A".repeat(43),
        "");
  }
}
