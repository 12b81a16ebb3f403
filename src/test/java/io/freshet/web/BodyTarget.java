package io.freshet.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** JSON bodies: whatever comes is read or refused as not valid, and what is read can be stored. */
final class BodyTarget implements FuzzTarget {
  record Body(
      @JsonProperty(required = true) String text,
      String more,
      Optional<String> maybe,
      Optional<LocalDate> day,
      Optional<Instant> until,
      Optional<List<String>> list,
      Optional<Boolean> flag) {}

  private final Bodies bodies = new Bodies();

  @Override
  public void take(byte[] input) {
    try {
      Body body = bodies.parse(input, Body.class);
      if (body.text().indexOf('\0') >= 0 || body.more().indexOf('\0') >= 0) {
        throw new IllegalStateException("NUL came through");
      }
    } catch (WebException refused) {
      if (refused.problem().kind().status() != 400) {
        throw refused;
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        "{\"text\":\"a\"}",
        "{\"text\":\"\\u00e9\\ud83d\\ude00\",\"more\":\"b\",\"maybe\":null}",
        "{\"text\":\"a\",\"day\":\"1990-01-31\",\"until\":\"2030-01-01T00:00:00Z\"}",
        "{\"text\":\"a\",\"list\":[\"1\",\"2\"],\"flag\":true}",
        "{\"text\":\"\\u0000\"}",
        "[1,2.5e10,{}]");
  }
}
