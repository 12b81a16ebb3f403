package io.freshet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words find which texts. */
class WordsTest {
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

  @ParameterizedTest
  @CsvSource({
    "вопрос, Сколько вопросов можно задать",
    "вопросы, Задан новый вопрос",
    "вопросами, Ответов нет на вопросе",
    "ВОПРОС, мой вопрос",
    "книга, В библиотеке много книг",
    "ёлка, Где растут елки",
    "елка, Где растут ёлки",
    "sorting, How to sort a list",
    "list, Many lists of lists",
    "running, He runs fast",
    "cafe, Where is the café",
    "café, The cafe around the corner",
    "resumes, Two résumés were sent",
    "über, Uber alles",
    "Strasse, Die Straße",
    "linux, Windows/Linux drivers",
    "println, Why does System.out.println block",
    "System.out.println, Why does System.out.println block",
    "и/или, То и/или это",
    "the who, A concert of The Who",
    "snake_case, Rename to snake_case now",
    "covid-19, About COVID-19 tests",
    "c++, Pointers in C++ code",
    "node.js, Streams of node.js",
    "naïve bayes, A naive Bayes classifier"
  })
  void findsATextByAnyFormOfItsWords(String asked, String text) {
    library.question("Another", "of no use");
    library.post("nothing of this kind");
    long question = library.question("Title", text);
    long titled = library.question(text, "body");
    long post = library.post(text);
    assertThat(library.questions(asked)).containsExactly(titled, question);
    assertThat(library.posts(asked)).containsExactly(post);
  }

  @Test
  void takesAWordInTheTitleForMoreThanAnyNumberInTheBody() {
    long titled = library.question("Fermentation of cabbage", "Long story. ".repeat(200));
    library.question("Cabbage", "fermentation ".repeat(50));
    library.question("Another", "one of fermentation and fermentation");
    assertThat(library.questions("fermentation")).hasSize(3).startsWith(titled);
  }

  @Test
  void putsFirstWhatIsAskedForByItsTitle() {
    String title = "Can a Turing machine simulate a quantum computer?";
    long meant = library.question(title, "Or not?");
    long longer =
        library.question(
            "Which quantum computers simulate a Turing machine, and which do so faster?",
            "A quantum computer simulates a Turing machine. ".repeat(20));
    long inItsBody =
        library.question(
            "Can a quantum computer simulate a normal computer?",
            "A quantum computer simulates a Turing machine. ".repeat(20));
    assertThat(library.questions(title)).containsExactly(meant, longer, inItsBody);
    assertThat(library.questions("turing machines simulating quantum computers"))
        .containsExactly(meant, longer, inItsBody);
  }

  @Test
  void understandsPhrasesAlternativesAndExclusions() {
    long one = library.question("red apples", "grow on trees");
    long two = library.question("apples red", "fall from trees");
    long three = library.question("green pears", "grow too");
    assertThat(library.questions("\"red apples\"")).containsExactly(one);
    assertThat(library.questions("pears or falling")).containsExactlyInAnyOrder(two, three);
    assertThat(library.questions("trees -fall")).containsExactly(one);
    assertThat(library.questions("-trees")).containsExactly(three);
    assertThat(library.questions("trees pears")).isEmpty();
  }

  @Test
  void doesNotInsistOnWordsThatSayNothing() {
    long question = library.question("Sorting lists in Java", "b");
    assertThat(library.questions("how to sort a list")).containsExactly(question);
    assertThat(library.questions("быть или не быть")).isEmpty();
    long hamlet = library.question("Быть или не быть", "b");
    assertThat(library.questions("быть или не быть")).containsExactly(hamlet);
  }

  @Test
  void readsHtmlAsItsReadersDo() {
    long question =
        library.question(
            Library.AUTHOR,
            "T",
            "<p>See <a href=\"https://secret.example/path\">the do<b>cs</b></a> of &lt;Widget&gt;</p>",
            "html");
    assertThat(library.questions("widget")).containsExactly(question);
    assertThat(library.questions("href or secret or path or lt")).isEmpty();
  }

  @Test
  void readsMarkdownAsItsReadersDo() {
    long question =
        library.question(
            "T", "Use `List<String>` of [the guide](https://hidden.example/x) **now**");
    assertThat(library.questions("string guide now")).containsExactly(question);
    assertThat(library.questions("hidden")).isEmpty();
    assertThat(text(library.found("guide").getFirst().snippet()))
        .contains("List<String> of the guide");
  }

  @Test
  void marksWhatWasFoundAndNothingThatSomebodyWroteHimself() {
    library.question(
        "The <b>whale</b> \uE000fake\uE001", "Whales sing. " + "filler ".repeat(200) + "A whale.");
    FoundQuestion found = library.found("whale").getFirst();
    assertThat(found.title())
        .containsExactly(
            new Piece("The <b>", false), new Piece("whale", true), new Piece("</b> fake", false));
    assertThat(found.snippet()).contains(new Piece("Whales", true), new Piece("whale", true));
    assertThat(text(found.snippet()).length()).isLessThan(400);
  }

  private static String text(List<Piece> pieces) {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  @Test
  void leavesOutWhatIsDeletedOrHiddenAndSeesEdits() {
    long gone = library.question("lost treasure", "b");
    long one = library.question("treasure", "b");
    library.person(2, "other", "Other", "One");
    long two = library.question(2, "treasure map", "b", "markdown");
    library.execute("UPDATE question SET deleted_at = now() WHERE id = ?", gone);
    assertThat(library.questions("treasure")).containsExactlyInAnyOrder(one, two);
    assertThat(library.questions("treasure", Library.AUTHOR)).containsExactly(two);
    library.execute("UPDATE question SET title = 'nothing here' WHERE id = ?", two);
    assertThat(library.questions("treasure")).containsExactly(one);
  }

  @Test
  void findsPostsThatAreNeitherSharesNorQuestionsNorDeleted() {
    long post = library.post("a rare orchid");
    library.question("a rare orchid", "b");
    library.execute(
        "INSERT INTO post (id, author_id, text, original_id) VALUES (5, 1, 'a rare orchid', ?)",
        post);
    library.execute(
        "INSERT INTO post (id, author_id, text, deleted_at) VALUES (6, 1, 'a rare orchid', now())");
    assertThat(library.posts("orchids")).containsExactly(post);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "''",
        "\"",
        "\"\"",
        "\"a",
        "a\"",
        "-",
        "--",
        "- -",
        "-\"a b\"",
        "or",
        "or or",
        "OR OR a",
        "!",
        "!!a",
        "&",
        "a & & b",
        "|",
        "a | b",
        "(",
        ")",
        "((a)",
        "<->",
        "a <-> b",
        "a <5> b",
        ":*",
        "a:*",
        "a:*ABCD",
        "\\",
        "\\\\",
        "a\\",
        "%",
        "_",
        "%%_%",
        "*",
        "a*",
        "$$",
        "$1",
        "?",
        "??",
        ":q",
        "::text",
        "'; DROP TABLE post; --",
        "\uD83D\uDE00",
        "\u202E",
        "\uE000",
        "{a,b}",
        "[",
        "]",
        "a]b[",
        "^",
        "~",
        "`",
        "#",
        "@",
        ".",
        "/",
        "<",
        "<b>",
        "&lt;",
        "a-b-c",
        "-1",
        "1e400",
        "0x",
        "\u00AD",
        "https://x.y/z?q=1",
        "a@b.c",
        "and",
        "not a",
        "\"a\" -\"b\" or \"c\"",
        "аб -вг or \"де\"",
        "\u0301",
        "\uFB03",
        "\u0130",
        "\u01C5"
      })
  void answersEveryOddQuery(String asked) {
    library.question("a b c", "аб де");
    library.post("a b c");
    library.tag("a-b", 3);
    assertThat(library.questions(asked)).isNotNull();
    assertThat(library.posts(asked)).isNotNull();
    assertThat(library.people(asked)).isNotNull();
    assertThat(library.tags(asked)).isNotNull();
    assertThat(library.searches().suggest(asked + "ab", new long[0])).isNotNull();
  }

  @Test
  void refusesTextsOfNoOrTooManyCharacters() {
    for (String text : List.of("", "  ", "x".repeat(201))) {
      assertThatThrownBy(() -> library.questions(text)).isInstanceOf(SearchException.class);
    }
    assertThatThrownBy(() -> library.searches().suggest(" a ", new long[0]))
        .isInstanceOf(SearchException.class);
    assertThat(library.questions("x ".repeat(100))).isEmpty();
  }
}
