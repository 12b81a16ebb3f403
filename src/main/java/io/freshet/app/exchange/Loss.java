package io.freshet.app.exchange;

import java.util.Locale;
import java.util.regex.Pattern;

/** What of a dump does not come in as it is, for there is no such thing here. */
public enum Loss {
  COMMENTS_ON_ANSWERS("comments on answers left out"),
  ANSWERS_WITHOUT_QUESTION("answers to questions that the dump lacks left out"),
  OTHER_VOTES("votes left out that are neither up nor down, or on something else"),
  OTHER_POSTS("posts left out that are neither questions nor answers"),
  TAGS("tags left out that could not be given here"),
  OF_REMOVED_PEOPLE("texts left out of people who were removed here"),
  ON_DELETED("answers, votes and comments left out of what was deleted here"),
  TITLES_CUT("titles cut"),
  BODIES_CUT("bodies cut"),
  COMMENTS_CUT("comments cut");

  private static final Pattern LETTER = Pattern.compile("_(.)");

  private final String text;

  Loss(String text) {
    this.text = text;
  }

  /** For JSON: {@code titlesCut}. */
  public String key() {
    String words = name().toLowerCase(Locale.ROOT);
    return LETTER.matcher(words).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  /** To stand behind a number. */
  public String text() {
    return text;
  }
}
