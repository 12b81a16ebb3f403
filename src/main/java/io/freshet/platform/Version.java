package io.freshet.platform;

import java.util.Optional;

/** Which Freshet this is. */
public final class Version {
  private Version() {}

  /** As the jar's manifest has it; "development" outside of one. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
