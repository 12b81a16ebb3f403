package io.freshet.web;

import io.freshet.search.Bookmark;
import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cursors: only what the list itself has given out is taken, and means what it meant. */
final class CursorTarget implements FuzzTarget {
  private static final String LIST = "feed";

  @Override
  public void take(byte[] input) {
    String cursor = new String(input, StandardCharsets.UTF_8);
    Cursors.decode(LIST, cursor)
        .ifPresent(before -> {
          if (!Cursors.encode(LIST, before).equals(cursor)) {
            throw new IllegalStateException("two cursors for " + before);
          }
        });
    Cursors.decodeKeys(LIST, cursor, Bookmark.KEYS)
        .ifPresent(keys -> {
          if (!Cursors.encodeKeys(LIST, keys).equals(cursor)) {
            throw new IllegalStateException("two cursors for one bookmark");
          }
          Bookmark _ = Bookmark.of(keys);
        });
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        Cursors.encode(LIST, 1),
        Cursors.encode(LIST, Long.MAX_VALUE),
        Cursors.encodeKeys(LIST, 7, Float.floatToIntBits(0.6f), 742_000_000_000_000_001L),
        Cursors.encode("accounts", 742_000_000_000_000_001L),
        "");
  }
}
