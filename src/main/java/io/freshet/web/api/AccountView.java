package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.account.Account;
import io.freshet.account.Profile;
import io.freshet.graph.FollowCounts;
import io.freshet.graph.Relation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An account as callers see it; the counts are there when one account was asked for, not in lists.
 *
 * @param viewer what the caller has to do with it; left out in their own, and without a caller
 * @param administrator true in an administrator's own account, else left out
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AccountView(
    String id,
    String handle,
    String firstName,
    String lastName,
    Optional<LocalDate> birthdate,
    String city,
    String biography,
    Instant createdAt,
    Optional<Counts> counts,
    Optional<Relation> viewer,
    Optional<Boolean> administrator) {

  /**
   * How many follow the account, how many it follows, and whether its posts are pulled rather than
   * fanned out.
   */
  public record Counts(int followers, int followees, boolean celebrity) {}

  static AccountView of(Account account) {
    return of(account, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** In a list. */
  static AccountView of(Account account, Optional<Relation> viewer) {
    return of(account, Optional.empty(), viewer, Optional.empty());
  }

  /** The caller's own. */
  static AccountView own(Account account, FollowCounts counts) {
    return of(
        account,
        Optional.of(counts),
        Optional.empty(),
        Optional.of(true).filter(_ -> account.isAdministrator()));
  }

  /** Asked for by itself. */
  static AccountView of(Account account, FollowCounts counts, Optional<Relation> viewer) {
    return of(account, Optional.of(counts), viewer, Optional.empty());
  }

  private static AccountView of(
      Account account,
      Optional<FollowCounts> counts,
      Optional<Relation> viewer,
      Optional<Boolean> administrator) {
    Profile profile = account.profile();
    return new AccountView(
        account.id().toString(),
        account.handle(),
        profile.firstName(),
        profile.lastName(),
        profile.birthdate(),
        profile.city(),
        profile.biography(),
        account.createdAt(),
        counts.map(it -> new Counts(it.followers(), it.followees(), it.celebrity())),
        viewer,
        administrator);
  }
}
