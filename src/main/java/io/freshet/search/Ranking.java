package io.freshet.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of matches as pages: the newest {@link #RANKED} of them the best first, and all older ones
 * by age, so that a page costs no more among millions of matches, and none is left out.
 */
final class Ranking {
  /** Enough for the best to be among them; to rank each takes 2 to 4 us. */
  static final int RANKED = 300;

  private final PgMatches matches;

  Ranking(PgMatches matches) {
    this.matches = matches;
  }

  Hits<Match> page(Optional<Bookmark> from, int limit) {
    if (from.filter(Bookmark::isByAge).isPresent()) {
      return byAge(List.of(), from.get().id(), limit);
    }
    long top = from.map(Bookmark::top).orElseGet(matches::top);
    Newest newest = matches.newest(top + 1, RANKED);
    List<Match> rest =
        newest.matches().stream()
            .filter(match -> from.isEmpty() || from.get().isBefore(match))
            .sorted(Match.BEST_FIRST)
            .toList();
    if (rest.size() > limit) {
      List<Match> page = rest.subList(0, limit);
      Match last = page.getLast();
      return new Hits<>(page, Optional.of(new Bookmark(top, last.rank(), last.id())));
    }
    return newest.floor() == 0
        ? new Hits<>(rest, Optional.empty())
        : byAge(rest, newest.floor(), limit);
  }

  /**
   * Fills a page with matches older than all ranked ones. It stays short where they are not found
   * soon.
   */
  private Hits<Match> byAge(List<Match> first, long below, int limit) {
    int room = limit - first.size();
    Newest older = matches.newest(below, room + 1);
    List<Match> page = new ArrayList<>(first);
    page.addAll(older.matches().subList(0, Math.min(room, older.matches().size())));
    if (older.matches().size() > room) {
      long last = room == 0 ? below : page.getLast().id();
      return new Hits<>(page, Optional.of(Bookmark.byAge(last)));
    }
    return new Hits<>(
        page, older.floor() == 0 ? Optional.empty() : Optional.of(Bookmark.byAge(older.floor())));
  }
}
