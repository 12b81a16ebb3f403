package io.freshet.account;

import io.freshet.platform.Ids;
import java.time.Instant;

/** A person's account; {@code version} rises with each change of the profile. */
public record Account(AccountId id, String handle, Profile profile, int version) {

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }

  /** First and last name. */
  public String name() {
    return (profile.firstName() + " " + profile.lastName()).strip();
  }
}
