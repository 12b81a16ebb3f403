package io.freshet.question;

/**
 * A body as pages show it.
 *
 * @param html safe to show as it stands
 * @param excerpt its first words, without markup, in one line
 */
public record Rendered(String html, String excerpt) {
  /** Characters of an excerpt. */
  private static final int EXCERPT = 200;

  static Rendered of(Body body) {
    String html = body.html();
    return new Rendered(html, excerpt(SafeHtml.words(html)));
  }

  /** Ends with a whole word and an ellipsis, if there is more. */
  private static String excerpt(String words) {
    if (words.codePointCount(0, words.length()) <= EXCERPT) {
      return words;
    }
    String cut = words.substring(0, words.offsetByCodePoints(0, EXCERPT));
    int blank = cut.lastIndexOf(' ');
    return (blank > EXCERPT / 2 ? cut.substring(0, blank) : cut).strip() + "…";
  }
}
