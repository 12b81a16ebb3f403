package io.freshet.testkit;

/** Where Jazzer enters; the system property {@value #TARGET} names the target. */
public final class FuzzEntry {
  public static final String TARGET = "freshet.fuzz.target";

  private static final FuzzTarget CHOSEN = FuzzTarget.named(System.getProperty(TARGET, ""));

  private FuzzEntry() {}

  public static void fuzzerTestOneInput(byte[] input) {
    CHOSEN.take(input);
  }
}
