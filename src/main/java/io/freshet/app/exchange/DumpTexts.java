package io.freshet.app.exchange;

import io.freshet.post.Posts;
import io.freshet.question.QuestionException;
import io.freshet.question.SafeHtml;
import io.freshet.question.Wording;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts of a dump, made into such as could be written here; counts what had to be cut. */
final class DumpTexts {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern BETWEEN_TAGS = Pattern.compile("[<>|]+");
  private static final String CUT = "…";

  /** Characters, mostly enough to close what a cut left open. */
  private static final int CLOSING = 1_000;

  /** Of a body that holds nothing which could be shown. */
  private static final String NOTHING = "<p>" + CUT + "</p>";

  private final Losses losses;

  DumpTexts(Losses losses) {
    this.losses = losses;
  }

  String title(String text) {
    return cut(BLANKS.matcher(text).replaceAll(" ").strip(), Wording.MAX_TITLE, Loss.TITLES_CUT);
  }

  String comment(String text) {
    return cut(text.replace("\0", "").strip(), Posts.MAX_LENGTH, Loss.COMMENTS_CUT);
  }

  /** HTML that may be shown as it stands. */
  String body(String html) {
    String clean = SafeHtml.clean(html).strip();
    if (length(clean) > Wording.MAX_BODY) {
      losses.add(Loss.BODIES_CUT);
    }
    for (int limit = Wording.MAX_BODY - CLOSING;
        length(clean) > Wording.MAX_BODY;
        limit -= CLOSING) {
      clean = SafeHtml.clean(whole(prefix(clean, limit)) + CUT).strip();
    }
    return clean.isEmpty() ? NOTHING : clean;
  }

  /** Of "&lt;one>&lt;two>" or "|one|two|". */
  List<String> tags(String text) {
    List<String> named = BETWEEN_TAGS.splitAsStream(text).filter(name -> !name.isBlank()).toList();
    List<String> tags =
        named.stream().flatMap(DumpTexts::tag).distinct().limit(Wording.MAX_TAGS).toList();
    losses.add(Loss.TAGS, named.size() - tags.size());
    return tags;
  }

  static Stream<String> tag(String name) {
    try {
      return Stream.of(Wording.tag(name));
    } catch (QuestionException e) {
      return Stream.empty();
    }
  }

  private String cut(String text, int limit, Loss loss) {
    if (length(text) <= limit) {
      return text;
    }
    losses.add(loss);
    return prefix(text, limit - CUT.length()).strip() + CUT;
  }

  /** Without the tag that the text may end within. */
  private static String whole(String html) {
    int tag = html.lastIndexOf('<');
    return tag > html.lastIndexOf('>') ? html.substring(0, tag) : html;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String prefix(String text, int length) {
    return text.substring(0, text.offsetByCodePoints(0, length));
  }
}
