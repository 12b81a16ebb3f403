package io.freshet.account;

import io.freshet.platform.Ids;
import java.time.Instant;

/**
 * A person's account.
 *
 * @param version rises with each change of the profile
 * @param isAdministrator whether this person sees how the servers do; shown to nobody else
 */
public record Account(
    AccountId id, String handle, Profile profile, int version, boolean isAdministrator) {

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }

  /** First and last name. */
  public String name() {
    return (profile.firstName() + " " + profile.lastName()).strip();
  }
}
