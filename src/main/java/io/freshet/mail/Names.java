package io.freshet.mail;

import java.util.Optional;

/** How accounts are called. */
@FunctionalInterface
public interface Names {
  /** Empty for an account that is no more. */
  Optional<Called> of(long account);

  /** A person's name and handle. */
  record Called(String name, String handle) {}
}
