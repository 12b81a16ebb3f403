package io.freshet.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Inputs for a {@link FuzzTarget}, from texts. */
public final class Seeds {
  private Seeds() {}

  public static List<byte[]> of(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
