package io.freshet.app.csv;

import io.freshet.account.AccountException;
import io.freshet.account.Accounts;
import io.freshet.platform.Ids;
import io.freshet.post.Posts;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A post in a file, as it could have been posted here.
 *
 * @param author the handle
 * @param name what the file calls the author
 * @param key names the post among those of its author
 */
record PostRow(
    CsvTable.Row row,
    String author,
    String name,
    String text,
    Optional<Instant> createdAt,
    String key) {

  static PostRow of(CsvTable.Row row, PostColumns columns, Instant now) {
    String text = row.text(columns.text());
    int length = text.codePointCount(0, text.length());
    if (length == 0 || length > Posts.MAX_LENGTH || text.indexOf('\0') >= 0) {
      throw row.bad(
          "a post has 1 to %,d characters, none of them NUL; this one has %,d"
              .formatted(Posts.MAX_LENGTH, length));
    }
    Optional<Instant> at = columns.createdAt(row);
    if (at.filter(time -> time.isBefore(Ids.FIRST) || time.isAfter(now)).isPresent()) {
      throw row.bad("posts are written from 2008 to now, not on " + at.get());
    }
    String name = row.text(columns.author());
    return new PostRow(
        row, author(row, name), name, text, at, columns.key().map(row::text).orElse(text));
  }

  private static String author(CsvTable.Row row, String name) {
    try {
      String handle =
          Accounts.validHandle(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_"));
      if (handle.chars().allMatch(sign -> sign == '_')) {
        throw row.bad("\"" + name + "\" has nothing that a handle could be made of: a-z, 0-9");
      }
      return handle;
    } catch (AccountException e) {
      throw row.bad("\"" + name + "\" is no handle: " + e.getMessage());
    }
  }
}
