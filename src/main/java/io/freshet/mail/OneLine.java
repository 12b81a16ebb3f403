package io.freshet.mail;

/** Text that fits into a header: without control characters, which could begin another one. */
public final class OneLine {
  private OneLine() {}

  /** The text with blanks for what does not fit, cut at so many characters. */
  public static String of(String text, int most) {
    String plain =
        text.codePoints()
            .map(c -> isControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .replaceAll(" {2,}", " ")
            .strip();
    if (plain.codePointCount(0, plain.length()) <= most) {
      return plain;
    }
    return plain.substring(0, plain.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }

  static void require(String name, String text) {
    if (text.codePoints().anyMatch(OneLine::isControl)) {
      throw new IllegalArgumentException("a " + name + " with control characters");
    }
  }

  /** Also what separates lines or turns their direction around. */
  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
