package io.freshet.account;

import java.util.Optional;

/** Says whether what a caller shows is still good. Thread-safe. */
public interface Standing {

  /** Whether this access is good now, for every read that starts after it was ended. */
  boolean stands(Access access);

  /** What the page's cookie gives; empty unless it is genuine and good now. */
  Optional<Access> byCookie(String cookie);
}
