package io.freshet.question;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is asked: valid, and in the one form of all spellings.
 *
 * @param title one line of at most {@link #MAX_TITLE} characters (code points)
 * @param body Markdown, or HTML where the question was imported, of at most {@link #MAX_BODY}
 *     characters
 * @param tags at most {@link #MAX_TAGS}, each once, in lower case
 */
public record Wording(String title, String body, List<String> tags) {
  public static final int MIN_TITLE = 1;
  public static final int MAX_TITLE = 150;

  /** Some ten pages. */
  public static final int MAX_BODY = 30_000;

  public static final int MAX_TAGS = 5;

  /** Characters of a tag. */
  public static final int MAX_TAG = 35;

  /** Letters and digits, and within a tag what names like c++, c#, .net and q-sharp need. */
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Nd}.][\\p{L}\\p{M}\\p{Nd}+#._-]*");

  public Wording {
    title = title(title);
    body = body("a question", body);
    tags = tags(tags);
  }

  private static String title(String text) {
    String line = text.strip();
    int length = line.codePointCount(0, line.length());
    if (length < MIN_TITLE || length > MAX_TITLE) {
      throw QuestionException.invalid(
          "title",
          "a title has %d to %d characters, this one has %d"
              .formatted(MIN_TITLE, MAX_TITLE, length));
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw QuestionException.invalid("title", "a title is one line without control characters");
    }
    return line;
  }

  /**
   * A body without the white space around it.
   *
   * @param what of which it is the body: "an answer"
   */
  static String body(String what, String text) {
    String stripped = text.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length == 0 || length > MAX_BODY) {
      throw QuestionException.invalid(
          "body",
          "the body of %s has 1 to %,d characters, this one has %,d"
              .formatted(what, MAX_BODY, length));
    }
    if (stripped.indexOf('\0') >= 0) {
      throw QuestionException.invalid("body", "holds no NUL characters");
    }
    return stripped;
  }

  private static List<String> tags(List<String> given) {
    List<String> tags = new ArrayList<>();
    for (String name : given) {
      String tag = tag(name);
      if (!tags.contains(tag)) {
        tags.add(tag);
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw QuestionException.invalid("tags", "a question has at most " + MAX_TAGS + " tags");
    }
    return List.copyOf(tags);
  }

  /** What all spellings of a tag have in common, also of what is none. */
  public static String spelling(String tag) {
    return Normalizer.normalize(tag.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /**
   * The one form of all spellings of a tag.
   *
   * @throws QuestionException INVALID if it is none
   */
  public static String tag(String name) {
    String tag = spelling(name);
    if (tag.codePointCount(0, tag.length()) > MAX_TAG || !TAG.matcher(tag).matches()) {
      throw QuestionException.invalid(
          "tags",
          "a tag is one word of at most %d letters, digits and + # . _ -, beginning with a letter, a digit or a dot"
              .formatted(MAX_TAG));
    }
    return tag;
  }
}
