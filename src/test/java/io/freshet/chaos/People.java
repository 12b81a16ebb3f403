package io.freshet.chaos;

import java.util.List;

/** Who takes part. */
record People(List<Person> persons) {
  /**
   * @param token signs their requests
   */
  record Person(long id, String token) {}

  int size() {
    return persons.size();
  }

  long id(int person) {
    return persons.get(person).id();
  }

  String token(int person) {
    return persons.get(person).token();
  }
}
