package io.freshet.post;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The handles and hashtags that a text names, in their order, each once.
 *
 * <p>A word is a run of Unicode letters, marks, digits and underscores. {@code @handle} is an at
 * sign and 3 to 30 letters a to z (of either case), digits and underscores that are the whole word;
 * {@code #tag} a number sign and a word of 1 to 50 characters with a letter in it. Neither follows
 * a word or one of {@code @ # / &} directly, no at sign follows a handle, and neither is looked for
 * in a link, which is {@code http://} or {@code https://} up to the next white space. Takes time
 * linear in the text.
 */
public record TextEntities(List<String> handles, List<String> tags) {
  /** Handles, and tags, of one text: what is beyond is text only, so that nobody calls a crowd. */
  public static final int MOST = 20;

  /** Characters (code points) of a hashtag. */
  public static final int MAX_TAG = 50;

  private static final int MIN_HANDLE = 3;
  private static final int MAX_HANDLE = 30;
  private static final String WORD = "[\\p{L}\\p{M}\\p{Nd}_]";
  private static final String APART = "(?<![\\p{L}\\p{M}\\p{Nd}_@#/&])";
  private static final Pattern ENTITY =
      Pattern.compile(
          "(?i:https?://)\\S*+|"
              + APART
              + "@(?<handle>[A-Za-z0-9_]++)(?![\\p{L}\\p{M}\\p{Nd}@])|"
              + APART
              + "#(?<tag>"
              + WORD
              + "++)");
  private static final Pattern WHOLE_TAG = Pattern.compile(WORD + "++");

  public static TextEntities of(String text) {
    Set<String> handles = new LinkedHashSet<>();
    Set<String> tags = new LinkedHashSet<>();
    if (text.indexOf('@') >= 0 || text.indexOf('#') >= 0) {
      Matcher found = ENTITY.matcher(text);
      while (found.find()) {
        String handle = found.group("handle");
        String tag = found.group("tag");
        if (handle != null && handle.length() >= MIN_HANDLE && handle.length() <= MAX_HANDLE) {
          handles.add(handle.toLowerCase(Locale.ROOT));
        } else if (tag != null) {
          tag(tag).ifPresent(tags::add);
        }
      }
    }
    return new TextEntities(most(handles), most(tags));
  }

  /**
   * The one form of all spellings of a hashtag, given without its sign: in lower case and composed
   * (NFC). The one form of that form is itself. Empty if it is none.
   */
  public static Optional<String> tag(String word) {
    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(apart.length());
    // Letter by letter without its marks, since a folded letter may compose with marks that its
    // first form does not; by way of the upper case, since several small letters may have one.
    apart
        .codePoints()
        .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
        .forEach(folded::appendCodePoint);
    String tag = Normalizer.normalize(folded, Normalizer.Form.NFC);
    boolean whole =
        tag.codePointCount(0, tag.length()) <= MAX_TAG
            && WHOLE_TAG.matcher(tag).matches()
            && tag.codePoints().anyMatch(Character::isLetter);
    return whole ? Optional.of(tag) : Optional.empty();
  }

  private static List<String> most(Set<String> names) {
    return names.stream().limit(MOST).toList();
  }
}
