package io.freshet.chaos;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Who takes part. */
record People(List<Person> persons) {
  /**
   * @param token signs their requests
   */
  record Person(long id, String token) {}

  int size() {
    return persons.size();
  }

  /** The number of whoever has this id. */
  OptionalInt number(long id) {
    return IntStream.range(0, size()).filter(person -> id(person) == id).findFirst();
  }

  long id(int person) {
    return persons.get(person).id();
  }

  String token(int person) {
    return persons.get(person).token();
  }
}
