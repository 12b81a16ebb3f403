package io.freshet.app.exchange;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts what a dump holds and what of it is new. For one thread. */
final class Tally {
  private final Set<String> tags = new TreeSet<>();
  private Numbers found = Numbers.NONE;
  private Numbers added = Numbers.NONE;

  void people(long all, long fresh) {
    count(new Numbers(all, 0, 0, 0, 0, 0), new Numbers(fresh, 0, 0, 0, 0, 0));
  }

  void questions(long all, long fresh) {
    count(new Numbers(0, all, 0, 0, 0, 0), new Numbers(0, fresh, 0, 0, 0, 0));
  }

  void answers(long all, long fresh) {
    count(new Numbers(0, 0, all, 0, 0, 0), new Numbers(0, 0, fresh, 0, 0, 0));
  }

  void votes(long all, long fresh) {
    count(new Numbers(0, 0, 0, 0, all, 0), new Numbers(0, 0, 0, 0, fresh, 0));
  }

  void comments(long all, long fresh) {
    count(new Numbers(0, 0, 0, 0, 0, all), new Numbers(0, 0, 0, 0, 0, fresh));
  }

  void tag(String name) {
    tags.add(name);
  }

  List<String> tags() {
    return List.copyOf(tags);
  }

  Numbers found() {
    return found.plus(new Numbers(0, 0, 0, tags.size(), 0, 0));
  }

  /**
   * What is new.
   *
   * @param freshTags how many tags are: they come with questions and by themselves
   */
  Numbers added(long freshTags) {
    return added.plus(new Numbers(0, 0, 0, freshTags, 0, 0));
  }

  private void count(Numbers all, Numbers fresh) {
    found = found.plus(all);
    added = added.plus(fresh);
  }
}
