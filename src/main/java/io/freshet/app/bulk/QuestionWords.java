package io.freshet.app.bulk;

import java.util.List;
import java.util.Locale;

/**
 * Made-up questions and answers, one in eight in Russian: sentences of common words and of names
 * that nothing else bears, so that there is something to search for. The same seed and number make
 * the same text. Thread-safe.
 */
public final class QuestionWords {
  private static final int RUSSIAN = 8;
  private static final int SYLLABLES = 40;
  private static final long NAMES = (long) SYLLABLES * SYLLABLES * SYLLABLES;

  /** Has no divisor in common with the number of names, so different numbers name differently. */
  private static final long SPREAD = 7_919;

  private static final int BODY = 100;
  private static final int BODY_MORE = 420;

  private static final List<String> ONSETS = words("b d f g k l m n p r s t v z sh tr kr st br dr");
  private static final List<String> VOWELS = words("a o");
  private static final List<String> KNOWN_TAGS =
      words(
          "java sql postgresql redis linux python c++ c# .net javascript html css git docker nginx"
              + " performance testing security networking caching bread coffee gardening cycling"
              + " travel photography physics algebra statistics grammar чай шахматы поиск");

  private final Mix mix;
  private final int names;

  /**
   * Words for a town.
   *
   * @param names how many made-up names its texts use
   */
  public QuestionWords(long seed, int names) {
    this.mix = new Mix(seed, 1);
    this.names = (int) Math.min(names, NAMES);
  }

  static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  /** A tag of its own for each number. */
  static String tag(int number) {
    int known = KNOWN_TAGS.size();
    return number < known ? KNOWN_TAGS.get(number) : name(number) + "-" + name(number / 3 + known);
  }

  /** The title of the question with the number. */
  String title(long number) {
    Draw draw = new Draw(number * 2);
    return draw.fill(draw.pick(draw.russian ? RussianWords.TITLES : EnglishWords.TITLES));
  }

  /**
   * A body of some 100 to 600 characters.
   *
   * @param number of the question or answer
   * @param answer a question and an answer with the same number have different bodies
   */
  public String body(long number, boolean answer) {
    Draw draw = new Draw(answer ? -number - 1 : number * 2 + 1);
    List<String> sentences = draw.russian ? RussianWords.SENTENCES : EnglishWords.SENTENCES;
    int length = BODY + (int) (BODY_MORE * draw.share() * draw.share());
    StringBuilder body = new StringBuilder();
    while (body.length() < length) {
      body.append(body.isEmpty() ? "" : draw.below(4) == 0 ? "\n\n" : " ")
          .append(draw.fill(draw.pick(sentences)));
    }
    return body.toString();
  }

  private static String name(long number) {
    long left = number * SPREAD % NAMES;
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      int syllable = (int) (left % SYLLABLES);
      name.append(ONSETS.get(syllable / 2)).append(VOWELS.get(syllable % 2));
      left /= SYLLABLES;
    }
    return name.toString();
  }

  /** What is drawn for one text, in turn. */
  private final class Draw {
    private final Mix own;
    private final boolean russian;
    private long drawn;

    Draw(long text) {
      this.own = new Mix(mix.bits(text), 2);
      this.russian = mix.below(text / 2, RUSSIAN) == 0;
    }

    double share() {
      return own.share(drawn++);
    }

    int below(int bound) {
      return own.below(drawn++, bound);
    }

    String pick(List<String> from) {
      return from.get(below(from.size()));
    }

    /** Puts words into a pattern: $n a noun, $v a verb, $a an adjective, $p a name, $d a number. */
    String fill(String pattern) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c == '$') {
          i++;
          text.append(word(pattern.charAt(i)));
        } else {
          text.append(c);
        }
      }
      return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String word(char kind) {
      return switch (kind) {
        case 'n' -> pick(russian ? RussianWords.NOUNS : EnglishWords.NOUNS);
        case 'v' -> pick(russian ? RussianWords.VERBS : EnglishWords.VERBS);
        case 'a' -> pick(russian ? RussianWords.ADJECTIVES : EnglishWords.ADJECTIVES);
        case 'd' -> Integer.toString(1 + below(99));
        default -> properName();
      };
    }

    /** Some names are in many texts, most in a few. */
    private String properName() {
      double u = share();
      String name = name((long) (names * u * u));
      return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
  }
}
