package io.freshet.app.csv;

import io.freshet.account.AccountException;
import io.freshet.account.Accounts;
import io.freshet.account.Profile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody in a file.
 *
 * @param follows handles of others
 */
record Newcomer(CsvTable.Row row, String handle, Profile profile, List<String> follows) {
  static final String HANDLE = "handle";

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Of a row; whoever gives no first name is called by the handle. */
  static Newcomer of(CsvTable.Row row, LocalDate today) {
    String handle = handle(row, row.text(HANDLE));
    String first = row.text("first_name");
    Profile profile =
        new Profile(
            first.isEmpty() ? handle : first,
            row.text("last_name"),
            Optional.empty(),
            row.text("city"),
            row.text("biography"));
    List<String> follows =
        BLANKS
            .splitAsStream(row.text("follows"))
            .filter(name -> !name.isEmpty())
            .map(name -> handle(row, name))
            .distinct()
            .toList();
    if (follows.contains(handle)) {
      throw row.bad(handle + " cannot follow " + handle);
    }
    try {
      profile.validate(today);
    } catch (AccountException e) {
      throw row.bad(e.field() + ": " + e.getMessage());
    }
    return new Newcomer(row, handle, profile, follows);
  }

  private static String handle(CsvTable.Row row, String text) {
    try {
      return Accounts.validHandle(text);
    } catch (AccountException e) {
      throw row.bad("\"" + text + "\" is no handle: " + e.getMessage());
    }
  }
}
