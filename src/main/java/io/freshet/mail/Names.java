package io.freshet.mail;

import java.util.Optional;

/** The handles of accounts. */
@FunctionalInterface
public interface Names {
  /** Empty for an account that is no more. */
  Optional<String> of(long account);
}
