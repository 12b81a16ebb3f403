package io.freshet.notification;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What some unsettled rows change in their groups.
 *
 * @param groups those of the rows, each once, by the age of their newest rows
 * @param highest the last place given to each recipient, now or before
 */
record Settlement(List<Row> rows, List<Group> groups, Map<Long, Long> highest) {
  static final Settlement NOTHING = new Settlement(List.of(), List.of(), Map.of());

  /** A row that its group does not hold yet as it is. */
  record Row(Group.Key group, long actor, long deed, long told, boolean isRemoved) {

    /**
     * Whether there is something to be told. A deed that was taken back leaves an older one: no.
     */
    boolean isNews() {
      return !isRemoved && deed > told;
    }

    int change() {
      return (isRemoved ? 0 : 1) - (told == 0 ? 0 : 1);
    }
  }

  /**
   * A group that changes.
   *
   * @param place given to the news, 0 when there is none
   * @param change of its total
   */
  record Group(Key key, long place, int change) {
    /** Which group. */
    record Key(long recipient, String kind, long subject) {}

    boolean hasNews() {
      return place > 0;
    }
  }

  /**
   * Gives places to the groups with news, the group of the oldest first, so that no recipient is
   * ever given a place that is not above all that were given before, whatever the clocks say.
   *
   * @param places drawn by time
   * @param tops the last places given to recipients
   */
  static Settlement of(
      List<Row> rows, LongSupplier places, Function<Collection<Long>, Map<Long, Long>> tops) {
    Map<Group.Key, Integer> changes = new LinkedHashMap<>();
    Map<Group.Key, Long> news = new HashMap<>();
    for (Row row : rows) {
      changes.merge(row.group(), row.change(), Integer::sum);
      if (row.isNews()) {
        news.merge(row.group(), row.deed(), Math::max);
      }
    }
    Map<Long, Long> last =
        new HashMap<>(
            tops.apply(news.keySet().stream().map(Group.Key::recipient).distinct().toList()));
    List<Group> groups =
        changes.keySet().stream()
            .sorted(Comparator.comparingLong(key -> news.getOrDefault(key, 0L)))
            .map(key -> {
              long place = news.containsKey(key) ? next(last, key.recipient(), places) : 0;
              return new Group(key, place, Objects.requireNonNull(changes.get(key)));
            })
            .toList();
    return new Settlement(rows, groups, last);
  }

  private static long next(Map<Long, Long> last, long recipient, LongSupplier places) {
    long place = Math.max(places.getAsLong(), last.getOrDefault(recipient, 0L) + 1);
    last.put(recipient, place);
    return place;
  }

  /** The places given to the news, by group. */
  Map<Group.Key, Long> places() {
    return groups.stream().collect(Collectors.toMap(Group::key, Group::place));
  }

  List<Group> withNews() {
    return groups.stream().filter(Group::hasNews).toList();
  }

  /** How many deeds are told. */
  long news() {
    return rows.stream().filter(Row::isNews).count();
  }

  List<Long> recipients() {
    return groups.stream().map(group -> group.key().recipient()).distinct().sorted().toList();
  }
}
