package io.freshet.account;

import io.freshet.account.AccountException.Problem;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person says about themselves. Names and city have at most 100 characters, the biography
 * 1,000; only the first name is required.
 */
public record Profile(
    String firstName,
    String lastName,
    Optional<LocalDate> birthdate,
    String city,
    String biography) {
  private static final int NAME_MAX = 100;
  private static final int BIOGRAPHY_MAX = 1_000;
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

  public Profile {
    firstName = firstName.strip();
    lastName = lastName.strip();
    city = city.strip();
    biography = biography.strip();
  }

  /**
   * Checks it.
   *
   * @throws AccountException INVALID, with the field at fault
   */
  public void validate(LocalDate today) {
    if (firstName.isEmpty()) {
      throw new AccountException(Problem.INVALID, "firstName", "a first name is required");
    }
    oneLine("firstName", firstName);
    oneLine("lastName", lastName);
    oneLine("city", city);
    if (biography.codePointCount(0, biography.length()) > BIOGRAPHY_MAX
        || biography.indexOf('\0') >= 0) {
      throw new AccountException(
          Problem.INVALID,
          "biography",
          "at most " + BIOGRAPHY_MAX + " characters, none of them NUL");
    }
    birthdate.ifPresent(date -> {
      if (date.isAfter(today) || date.isBefore(EARLIEST_BIRTH)) {
        throw new AccountException(
            Problem.INVALID, "birthdate", "a day from " + EARLIEST_BIRTH + " to today is required");
      }
    });
  }

  private static void oneLine(String field, String value) {
    if (value.codePointCount(0, value.length()) > NAME_MAX
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new AccountException(
          Problem.INVALID, field, "at most " + NAME_MAX + " characters on one line");
    }
  }
}
