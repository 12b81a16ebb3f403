package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.Profile;
import java.time.LocalDate;
import java.util.Optional;

/** The contract's User. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record UserView(
    String id,
    @JsonProperty("first_name") String firstName,
    @JsonProperty("second_name") String secondName,
    Optional<LocalDate> birthdate,
    String biography,
    String city) {

  static UserView of(Account account) {
    Profile profile = account.profile();
    return new UserView(
        account.id().toString(),
        profile.firstName(),
        profile.lastName(),
        profile.birthdate(),
        profile.biography(),
        profile.city());
  }
}
