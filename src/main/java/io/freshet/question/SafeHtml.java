package io.freshet.question;

import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.owasp.html.Encoding;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * HTML that a page may show as it stands: paragraphs, lists, code, quotes, headings, plain tables,
 * pictures over https, and links over http and https that say they are a visitor's. Whatever else a
 * text brings is left out, with what it contains where that is no text. Thread-safe.
 */
public final class SafeHtml {
  /** No more quotes and lists within each other than this: what is deeper is shown as text. */
  private static final int DEPTH = 50;

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private static final Pattern LANGUAGE = Pattern.compile("(lang|language)-[A-Za-z0-9+#_-]{1,30}");

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "p",
              "br",
              "hr",
              "em",
              "strong",
              "b",
              "i",
              "del",
              "s",
              "sub",
              "sup",
              "kbd",
              "code",
              "pre",
              "blockquote",
              "ul",
              "ol",
              "li",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "dl",
              "dt",
              "dd",
              "table",
              "thead",
              "tbody",
              "tr",
              "th",
              "td",
              "a",
              "img")
          .allowAttributes("href")
          .onElements("a")
          .allowAttributes("alt", "title")
          .onElements("img")
          .allowAttributes("src")
          .matching((element, attribute, value) -> overHttps(value))
          .onElements("img")
          .allowAttributes("start")
          .matching(Pattern.compile("[0-9]{1,6}"))
          .onElements("ol")
          .allowAttributes("class")
          .matching(LANGUAGE)
          .onElements("code", "pre")
          .allowUrlProtocols("http", "https")
          .requireRelsOnLinks("nofollow", "ugc", "noopener")
          .toFactory();

  private static final PolicyFactory NO_MARKUP = new HtmlPolicyBuilder().toFactory();

  private static final Pattern BLOCK =
      Pattern.compile(
          "</?(p|br|hr|pre|blockquote|ul|ol|li|h[1-6]|dl|dt|dd|table|tr|th|td|div)\\b",
          Pattern.CASE_INSENSITIVE);

  /** What the sanitizer puts between two opening braces, against templates that pages fill in. */
  static final String BRACES = "<!-- -->";

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final Parser MARKDOWN =
      Parser.builder().maxOpenBlockParsers(DEPTH).maxInlineNesting(DEPTH).build();

  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();

  private SafeHtml() {}

  /** A page that came encrypted shows no other pictures; most hosts have long served both. */
  private static @Nullable String overHttps(String address) {
    String there = address.strip();
    if (there.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
      return HTTPS + there.substring(HTTP.length());
    }
    boolean isHere = there.startsWith("/") && !there.startsWith("//") && !there.startsWith("/\\");
    return isHere || there.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) ? there : null;
  }

  /** Of Markdown (CommonMark), in which HTML is text like any other. */
  public static String ofMarkdown(String markdown) {
    return clean(RENDERER.render(MARKDOWN.parse(markdown)));
  }

  /** Of HTML that comes from elsewhere. */
  public static String clean(String html) {
    return POLICY.sanitize(html);
  }

  /** The words of HTML without its markup, in one line: for a look at what it is about. */
  public static String words(String html) {
    // A blank where a block begins or ends: what stands in two paragraphs are two words.
    String text = NO_MARKUP.sanitize(BLOCK.matcher(html).replaceAll(" $0")).replace(BRACES, "");
    return BLANKS.matcher(Encoding.decodeHtml(text, false)).replaceAll(" ").strip();
  }
}
