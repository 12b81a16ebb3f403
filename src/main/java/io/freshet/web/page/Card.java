package io.freshet.web.page;

import java.util.Optional;

/**
 * What an address is about, for those who do not run the page: search engines, messengers that show
 * a link, browsers without scripts.
 *
 * @param title as people write it, like all that follows but {@code html}
 * @param type of OpenGraph
 * @param path of the address
 * @param image address of a picture, or a path on this server
 * @param html the whole of it, safe to show as it stands
 * @param text the same as plain text
 */
record Card(
    String title,
    String description,
    String type,
    String path,
    Optional<String> image,
    Optional<String> html,
    Optional<String> text) {
  /** Characters of a title and of a description: what others show of them. */
  private static final int MOST_TITLE = 70;

  private static final int MOST_DESCRIPTION = 200;

  static Card question(String title, String path, String html, String words) {
    return new Card(
        title,
        cut(words, MOST_DESCRIPTION),
        "article",
        path,
        Optional.empty(),
        Optional.of(html),
        Optional.empty());
  }

  static Card post(String author, String path, String text, Optional<String> image) {
    String line = text.strip().replaceAll("\\s+", " ");
    String title = line.isEmpty() ? author : author + ": " + cut(line, MOST_TITLE);
    return new Card(
        title,
        cut(line, MOST_DESCRIPTION),
        "article",
        path,
        image,
        Optional.empty(),
        Optional.of(text));
  }

  static Card person(String name, String handle, String list, String biography) {
    return new Card(
        name + " (@" + handle + ")",
        cut(biography.strip().replaceAll("\\s+", " "), MOST_DESCRIPTION),
        "profile",
        "/@" + handle + list,
        Optional.empty(),
        Optional.empty(),
        Optional.of(biography));
  }

  /** Ends with an ellipsis if there is more. */
  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)).strip() + "…";
  }
}
