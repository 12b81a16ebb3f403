package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What those see who run no scripts: search engines, previews of links, and some people. */
class WithoutScriptsTest {
  /** As it is on the screen: else the text of noscript is left out. */
  private static final LocatorAssertions.ContainsTextOptions SEEN =
      new LocatorAssertions.ContainsTextOptions().setUseInnerText(true);

  private final PageServer server = PageServer.running();
  private final Person author = server.person("Ada Lovelace");

  @AutoClose
  private final BrowserContext context =
      Chromium.open(Look.USUAL.options().setJavaScriptEnabled(false));

  @Test
  void showsAQuestion() {
    String question =
        author.asks("How does an engine weave?", "With *algebraic* patterns, I am told.", "looms");
    Page page = opened("/questions/" + question);
    assertThat(page).hasTitle("How does an engine weave? – Freshet");
    assertThat(new Sight(page).heading("How does an engine weave?")).isVisible();
    assertThat(page.locator("body")).containsText("With algebraic patterns, I am told.", SEEN);
    assertThat(server.api().get("/questions/" + question).body())
        .contains("<title>How does an engine weave? – Freshet</title>")
        .contains("property=\"og:title\" content=\"How does an engine weave?\"")
        .contains("property=\"og:description\" content=\"With algebraic patterns, I am told.\"");
  }

  @Test
  void showsAPost() {
    String post = author.posts("A post that\nsearch engines find");
    Page page = opened("/posts/" + post);
    assertThat(page).hasTitle("Ada Lovelace: A post that search engines find – Freshet");
    assertThat(page.locator("body")).containsText("A post that search engines find", SEEN);
    assertThat(server.api().get("/posts/" + post).body())
        .contains("<title>Ada Lovelace: A post that search engines find – Freshet</title>")
        .contains("property=\"og:title\" content=\"Ada Lovelace: A post that search engines find\"")
        .contains("property=\"og:description\" content=\"A post that search engines find\"");
  }

  @Test
  void saysWhatIsMissingElsewhere() {
    assertThat(opened("/").locator("body")).containsText("needs JavaScript", SEEN);
  }

  private Page opened(String path) {
    Page page = context.newPage();
    page.navigate("http://localhost:" + server.port() + path);
    return page;
  }
}
