package io.freshet.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SafeHtmlTest {

  @Test
  void showsMarkdown() {
    assertThat(SafeHtml.ofMarkdown("**a** *b* `c<d`\n\n> e\n\n1. f\n\n```java\nint g;\n```"))
        .isEqualToIgnoringNewLines(
            "<p><strong>a</strong> <em>b</em> <code>c&lt;d</code></p><blockquote><p>e</p></blockquote>"
                + "<ol><li>f</li></ol><pre><code class=\"language-java\">int g;</code></pre>");
  }

  @Test
  void hasLinksSayThatTheyAreAVisitors() {
    assertThat(SafeHtml.ofMarkdown("[x](https://y.example/?a=b)"))
        .contains("href=\"https://y.example/?a&#61;b\"", "rel=\"nofollow ugc noopener\"");
    assertThat(SafeHtml.ofMarkdown("[x](javascript:a) [y](data:b) [z](vbscript:c)"))
        .doesNotContain("href");
  }

  @Test
  void showsPicturesOverHttpsOnly() {
    assertThat(SafeHtml.ofMarkdown("![x](http://y.example/z.png)"))
        .contains("src=\"https://y.example/z.png\"");
    assertThat(SafeHtml.clean("<img src=https://y.example/z.png><img src=/media/1>"))
        .contains("https://y.example/z.png", "/media/1");
    for (String address :
        List.of("//y.example/z.png", "/\\y.example/z.png", "ftp://y/z", "z.png")) {
      assertThat(SafeHtml.clean("<img alt=a src='" + address + "'>")).doesNotContain("src");
    }
  }

  @Test
  void takesHtmlInMarkdownForText() {
    assertThat(SafeHtml.ofMarkdown("<b>x</b> <script>y</script>"))
        .doesNotContain("<b>", "<script")
        .contains("&lt;b&gt;");
  }

  @Test
  void leavesOutOfHtmlWhatIsNotSafe() {
    for (String html :
        List.of(
            "<script>a</script>",
            "<p onclick='a'>x</p>",
            "<p style='position:fixed'>x</p>",
            "<a href='javascript:a'>x</a>",
            "<img src='data:image/svg+xml,a'>",
            "<iframe src='https://x.example'></iframe>",
            "<form action='https://x.example'><input name=a></form>",
            "<svg><animate onbegin=a></svg>",
            "<base href='https://x.example'><link rel=stylesheet href=x>",
            "<a href='https://x.example' target=_blank id=a name=b>x</a>")) {
      String clean = SafeHtml.clean(html);
      assertThatCode(() -> SafeHtmlTarget.check(clean)).as(html).doesNotThrowAnyException();
      assertThat(clean).doesNotContain("onclick", "style", "javascript", "data:", "id=", "target");
    }
  }

  /** What the fuzzed check is worth. */
  @Test
  void wouldBeFoundOutIfItLetSomethingThrough() {
    for (String html :
        List.of(
            "<script>a</script>",
            "<p onclick=\"a\">x</p>",
            "<a href=\"javascript:a\">x</a>",
            "<a href=\"&#106;avascript:a\">x</a>",
            "<p x=y>z</p>",
            "a < b")) {
      assertThatThrownBy(() -> SafeHtmlTarget.check(html)).as(html).hasMessageStartingWith("");
    }
  }

  @Test
  void tellsTheWordsOfABody() {
    assertThat(SafeHtml.words("<p>One<em>s</em>, two.</p><p>Three &amp; <code>4 &lt; 5</code></p>"))
        .isEqualTo("Ones, two. Three & 4 < 5");
    assertThat(SafeHtml.words("<p>{{a}}</p>")).isEqualTo("{{a}}");
  }

  @Test
  void cutsAnExcerptAtAWord() {
    Rendered rendered = Rendered.of(Body.markdown("word ".repeat(100)));
    assertThat(rendered.excerpt()).endsWith("word…").hasSizeLessThan(202);
  }
}
