package io.freshet.web.live;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Origins: none but the server's own and those named is let in, however it is written. */
final class OriginTarget implements FuzzTarget {
  private static final String HOST = "feed.example";
  private static final String NAMED = "https://page.example";

  private final Origins origins = new Origins(List.of(NAMED));

  @Override
  public void take(byte[] input) {
    String origin = new String(input, StandardCharsets.UTF_8);
    if (origins.allows(origin, HOST)
        && !origin.equalsIgnoreCase(NAMED)
        && !origin.matches("(?i)https?://feed\\.example(:\\d*)?")) {
      throw new IllegalStateException("let in: " + origin);
    }
    origins.allows("https://" + HOST, origin); // a Host of any form is no fault
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        "https://feed.example",
        "http://feed.example:80",
        "https://feed.example.evil.example",
        "https://feed.example@evil.example",
        "null",
        "https://[::1]:8080");
  }
}
