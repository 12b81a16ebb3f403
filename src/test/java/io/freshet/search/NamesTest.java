package io.freshet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People, tags and suggestions. */
class NamesTest {
  private static Library library;

  @BeforeAll
  static void open() {
    library = new Library();
  }

  @AfterAll
  static void close() {
    library.close();
  }

  @BeforeEach
  void clear() {
    library.clear();
  }

  @Test
  void findsPeopleByTheBeginningsOfHandleAndNames() {
    library.person(2, "ada_l", "Ada", "Lovelace");
    library.person(3, "adam", "Adam", "Smith");
    library.person(4, "petya", "Пётр", "Алёшин");
    assertThat(library.people("ada")).containsExactly(2L, 3L);
    assertThat(library.people("LOVE ad")).containsExactly(2L);
    assertThat(library.people("ada_l")).containsExactly(2L);
    assertThat(library.people("петр алешин")).containsExactly(4L);
    assertThat(library.people("ПЁТР")).containsExactly(4L);
    assertThat(library.people("vela")).isEmpty();
  }

  @Test
  void findsPeopleInSpiteOfTypingErrors() {
    library.person(2, "ada_l", "Ada", "Lovelace");
    library.person(3, "m_curie", "Мария", "Склодовская");
    assertThat(library.people("lovelase")).containsExactly(2L);
    assertThat(library.people("склодовкая")).containsExactly(3L);
    assertThat(library.people("zzzz")).isEmpty();
  }

  @Test
  void forgetsWhoWasRemoved() {
    library.person(2, "ada_l", "Ada", "Lovelace");
    library.execute("UPDATE account SET removed_at = now() WHERE id = 2");
    assertThat(library.people("ada")).isEmpty();
    assertThat(library.people("lovelase")).isEmpty();
    assertThat(library.searches().suggest("love", new long[0]).people()).isEmpty();
  }

  @Test
  void putsTheTagItselfFirstThenWhatBeginsSoThenWhatContainsIt() {
    library.tag("java", 5);
    library.tag("javascript", 90);
    library.tag("core-java", 70);
    library.tag("java-streams", 20);
    library.tag("java-unused", 0);
    library.tag("python", 99);
    assertThat(library.tags("Java"))
        .containsExactly("java", "javascript", "java-streams", "core-java");
    assertThat(library.tags("java streams")).containsExactly("java-streams");
    assertThat(library.tags("jvascript")).containsExactly("javascript");
    assertThat(library.tags("ja")).hasSize(3);
    assertThat(library.tags("_ython")).doesNotContain("java");
  }

  @Test
  void givesEachTagOnceHoweverManyAreAsFrequent() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      library.tag("topic-" + i, 1 + i % 3);
      expected.add("topic-" + i);
    }
    List<String> walked = new ArrayList<>();
    Optional<Bookmark> from = Optional.empty();
    do {
      Hits<FoundTag> page = library.searches().tags("topic", from, 7);
      page.items().forEach(tag -> walked.add(tag.name()));
      from = page.next().map(Bookmark::keys).map(Bookmark::of);
    } while (from.isPresent());
    assertThat(walked).doesNotHaveDuplicates().hasSameElementsAs(expected);
  }

  @Test
  void suggestsByTheLastWordWhileItIsTyped() {
    long one = library.question("How to sort a list", "b");
    long two = library.question("Sorting by hand", "b");
    library.person(2, "sorcerer", "So", "Rcerer");
    library.tag("sorting", 4);
    library.tag("resort", 9);
    Suggestions typed = library.searches().suggest("sor", new long[0]);
    assertThat(typed.questions()).extracting(id -> id.value()).containsExactly(two, one);
    assertThat(typed.people()).extracting(id -> id.value()).containsExactly(2L);
    assertThat(typed.tags()).containsExactly(new FoundTag("sorting", 4));
    assertThat(library.searches().suggest("zebra-", new long[0]).tags()).isEmpty();
    assertThat(library.searches().suggest("how to so", new long[0]).questions())
        .extracting(id -> id.value())
        .containsExactly(one);
    assertThat(library.searches().suggest("sor", new long[] {Library.AUTHOR}).questions())
        .isEmpty();
  }

  @Test
  void suggestsEightRowsAtMost() {
    for (int i = 0; i < 12; i++) {
      library.question("maple " + i, "b");
      library.person(10 + i, "maple" + i, "Maple", "Tree");
      library.tag("maple-" + i, 1);
    }
    Suggestions typed = library.searches().suggest("maple", new long[0]);
    assertThat(typed.people().size() + typed.tags().size() + typed.questions().size())
        .isEqualTo(Searches.MOST_SUGGESTED);
    assertThat(typed.questions()).isNotEmpty();
  }
}
