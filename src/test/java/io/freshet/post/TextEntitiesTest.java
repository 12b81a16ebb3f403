package io.freshet.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextEntitiesTest {

  private static List<String> handles(String text) {
    return TextEntities.of(text).handles();
  }

  private static List<String> tags(String text) {
    return TextEntities.of(text).tags();
  }

  @Test
  void findsHandlesAndTagsInTheirOrderEachOnce() {
    TextEntities found =
        TextEntities.of("@Ada, (@bob_2) and @ada: #Rivers #snow_melt, #rivers. \"#ice\"!");
    assertThat(found.handles()).containsExactly("ada", "bob_2");
    assertThat(found.tags()).containsExactly("rivers", "snow_melt", "ice");
  }

  @Test
  void looksForNoneInsideWords() {
    assertThat(handles("mail ada@example.org, a@bob, @@ada, é@ada, ada_@bob, &@ada, #@ada"))
        .isEmpty();
    assertThat(tags("C#sharp, a#b, ##a, é#b, /#fragment, &#x27;, @#tag")).isEmpty();
  }

  @Test
  void takesAHandleOnlyWhereItIsTheWholeWord() {
    assertThat(handles("@ad @adaé @ada@example.org @" + "a".repeat(31))).isEmpty();
    assertThat(handles("@ada. @bob! @eve-line @" + "a".repeat(30)))
        .containsExactly("ada", "bob", "eve", "a".repeat(30));
  }

  @Test
  void looksForNoneInLinks() {
    TextEntities found =
        TextEntities.of("see https://example.org/@ada?x=(#tag) HTTP://b.org/,@bob and @eve #here");
    assertThat(found.handles()).containsExactly("eve");
    assertThat(found.tags()).containsExactly("here");
  }

  @Test
  void knowsAllSpellingsOfATagAsOne() {
    assertThat(tags("#CAF\u00c9 #cafe\u0301 #Caf\u00e9")).containsExactly("caf\u00e9");
    assertThat(tags("#\u039f\u0394\u039f\u03a3 #\u03bf\u03b4\u03bf\u03c2")).hasSize(1);
    assertThat(tags("#\u041d\u043e\u0432\u043e\u0441\u0442\u0438 #\u65e5\u672c\u8a9e"))
        .containsExactly("\u043d\u043e\u0432\u043e\u0441\u0442\u0438", "\u65e5\u672c\u8a9e");
  }

  @Test
  void leavesATagInItsOneFormAsItIs() {
    assertThat(TextEntities.tag("\u0130\u0131\u0301")).contains("i\u0307\u00ed");
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .mapToObj(Character::toString)
        .flatMap(
            letter -> Stream.of(letter, letter + '\u0301', letter + "\u0345\u0323", "i" + letter))
        .flatMap(word -> TextEntities.tag(word).stream())
        .filter(tag -> !TextEntities.tag(tag).equals(Optional.of(tag)))
        .forEach(tag -> fail("another form of " + tag));
  }

  @Test
  void takesNoTagWithoutALetterAndNoneThatIsTooLong() {
    assertThat(tags("#1 #2026 #_ #" + "a".repeat(51))).isEmpty();
    assertThat(tags("#1st #" + "a".repeat(50))).containsExactly("1st", "a".repeat(50));
    assertThat(TextEntities.tag("#sign")).isEmpty();
    assertThat(TextEntities.tag("two words")).isEmpty();
    assertThat(TextEntities.tag("")).isEmpty();
  }

  @Test
  void findsTwentyOfAKindAtMost() {
    String crowd =
        IntStream.range(100, 130)
            .mapToObj(i -> "@u" + i + " #t" + i)
            .collect(Collectors.joining(" "));
    assertThat(handles(crowd)).hasSize(TextEntities.MOST).startsWith("u100").endsWith("u119");
    assertThat(tags(crowd)).hasSize(TextEntities.MOST).startsWith("t100").endsWith("t119");
  }

  @Test
  void standsAnyTextInLinearTime() {
    for (String piece :
        new String[] {"@", "#", "@a", "#a", "https://", "http", "\u0301", "/#", "a@"}) {
      String text = piece.repeat(200_000 / piece.length());
      assertThat(TextEntities.of(text).handles().size()).isLessThanOrEqualTo(TextEntities.MOST);
    }
  }
}
