package io.freshet.question;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.owasp.html.Encoding;

/** Bodies, as Markdown and as HTML: what comes out holds nothing but plain elements and links. */
final class SafeHtmlTarget implements FuzzTarget {
  private static final Set<String> ELEMENTS =
      Set.of(
          ("p br hr em strong b i del s sub sup kbd code pre blockquote ul ol li h1 h2 h3 h4 h5 h6"
                  + " dl dt dd table thead tbody tr th td a img")
              .split(" "));

  private static final Pattern TAG = Pattern.compile("</?([A-Za-z0-9]+)((?:\\s[^<>]*)?)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s([a-z]+)=\"([^\"]*)\"");
  private static final Set<String> ATTRIBUTES =
      Set.of("href", "rel", "src", "alt", "title", "start", "class");
  private static final Pattern SCHEME = Pattern.compile("^[^/?#]*:");

  @Override
  public void take(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    check(SafeHtml.ofMarkdown(text));
    check(SafeHtml.clean(text));
    SafeHtml.words(text);
  }

  static void check(String shown) {
    String html = shown.replace(SafeHtml.BRACES, "");
    Matcher tags = TAG.matcher(html);
    int at = 0;
    while (tags.find()) {
      refuseMarkup(html.substring(at, tags.start()));
      if (!ELEMENTS.contains(tags.group(1))) {
        throw new IllegalStateException("an element " + tags.group());
      }
      attributes(tags.group(2));
      at = tags.end();
    }
    refuseMarkup(html.substring(at));
  }

  private static void refuseMarkup(String between) {
    if (between.indexOf('<') >= 0) {
      throw new IllegalStateException("markup that is none: " + between);
    }
  }

  private static void attributes(String text) {
    Matcher each = ATTRIBUTE.matcher(text);
    while (each.find()) {
      boolean isAddress = each.group(1).equals("href") || each.group(1).equals("src");
      String value = Encoding.decodeHtml(each.group(2), true);
      if (!ATTRIBUTES.contains(each.group(1))
          || (isAddress && SCHEME.matcher(value).find() && !value.matches("(?is)https?:.*"))) {
        throw new IllegalStateException("an attribute " + each.group());
      }
    }
    String rest = ATTRIBUTE.matcher(text).replaceAll("").replace("/", "");
    if (!rest.isBlank()) {
      throw new IllegalStateException("attributes that are none: " + text);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.of(
        "# Hi\n\n*a* **b** `c` [d](https://x.example 'e') ![f](https://x.example/g.png)\n\n- h\n  1. i",
        "<p onclick=a()>x</p><script>alert(1)</script><a href=\" javascript:alert(1)\">y</a>",
        "<math><mi xlink:href=\"data:x,<script>\"></mi></math><img src=x onerror=a()><svg/onload=a()>",
        "{{a}} <https://x.example/>>{{{ `{{b}}`",
        "[a](javascript:alert(1)) <https://x.example> > > quote\n```c++\n<b>\n```");
  }
}
