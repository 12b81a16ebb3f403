package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who asks: by the page, from the first letter to the deletion. */
class AskJourneyTest {
  private static final Pattern QUESTION = Pattern.compile("/questions/\\d+$");

  private static final String BODY =
      """
      It says `No threads`:

      ```java
      loom.weave(1 < 2);
      ```

      See [the manual](https://example.org/manual).
      """;

  private static final String ATTACK =
      """
      </script><script>window.hacked = 'script'; alert(1)</script>

      <img src="/none.png" onerror="window.hacked = 'image'; alert(2)">
      <svg onload="window.hacked = 'svg'"></svg>
      <iframe srcdoc="<script>parent.hacked = 'frame'</script>"></iframe>

      [by Markdown](javascript:window.hacked='link') and
      <a href="javascript:window.hacked='anchor'" onclick="window.hacked='click'">by markup</a>
      ![a picture](javascript:window.hacked='picture)

      <p style="position: fixed; inset: 0" id="main" class="toasts">covers all</p>
      """;

  private static final String ARMED =
      "[onerror], [onload], [onclick], [style], [id], script, iframe, svg, [href^='javascript'], [src^='javascript']";

  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person asker = browsers.person("Grace Hopper");
  private final Visitor visitor = browsers.visitor(asker);
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);

  @Test
  void asksWithCodeALinkAndTags() {
    browsers.person("Ada Lovelace").asks("What is a warp?", "A thread, or what?", "weavecraft");
    visitor.opens("/questions");
    sight.link("Ask a question").first().click();
    sight.field("Title").fill("Why does my loom stop?");
    sight.field("Details").fill(BODY);
    sight.button("Preview").click();
    assertThat(page.locator(".written pre code")).hasText("loom.weave(1 < 2);\n");
    assertThat(sight.field("Details")).isHidden();
    visitor.isAccessible();
    sight.button("Write").click();
    assertThat(sight.field("Details")).hasValue(BODY);
    tags().pressSequentially("weavecr");
    Locator option = page.getByRole(AriaRole.OPTION).filter(says("weavecraft"));
    assertThat(option).isVisible();
    visitor.isAccessible();
    tags().press("ArrowDown");
    assertThat(option).hasAttribute("aria-selected", "true");
    tags().press("Enter");
    assertThat(sight.button("Remove weavecraft")).isVisible();
    assertThat(tags()).hasValue("");
    assertThat(tags()).isFocused();
    tags().pressSequentially("Looms,mistake");
    tags().press("Enter");
    tags().press("Backspace");
    assertThat(sight.button("Remove mistake")).isHidden();
    sight.button("Ask").click();
    assertThat(page).hasURL(QUESTION);
    assertThat(sight.heading("Why does my loom stop?")).isVisible();
    assertThat(question().locator("pre code")).hasText("loom.weave(1 < 2);\n");
    Locator link = sight.link("the manual");
    assertThat(link).hasAttribute("href", "https://example.org/manual");
    assertThat(link).hasAttribute("rel", Pattern.compile("ugc"));
    assertThat(question().locator("ul.tags li")).hasText(new String[] {"weavecraft", "looms"});
    visitor.opens("/ask");
    assertThat(sight.field("Title")).hasValue("");
    assertThat(sight.field("Details")).hasValue("");
    assertThat(page.getByLabel("Remove looms")).isHidden();
  }

  @Test
  void keepsTheDraftThroughAReload() {
    visitor.opens("/ask?tag=looms");
    sight.field("Title").fill("A title that is not finished");
    sight.field("Details").fill("Nor is this");
    tags().fill("threads");
    tags().press(",");
    page.reload();
    assertThat(sight.field("Title")).hasValue("A title that is not finished");
    assertThat(sight.field("Details")).hasValue("Nor is this");
    assertThat(sight.button("Remove looms")).isVisible();
    assertThat(sight.button("Remove threads")).isVisible();
    Visitor other = browsers.visitor(browsers.person("Ada Lovelace")).opens("/ask");
    assertThat(new Sight(other.page()).field("Title")).hasValue("");
  }

  @Test
  void saysAtEachFieldWhatIsWrongWithIt() {
    visitor.opens("/ask");
    sight.button("Ask").click();
    assertThat(sight.field("Title")).isFocused();
    assertThat(sight.field("Title")).hasAccessibleDescription("This is needed.");
    assertThat(sight.field("Details")).hasAccessibleDescription(Pattern.compile("This is needed"));
    assertThat(sight.field("Details")).hasAttribute("aria-invalid", "true");
    visitor.isAccessible();
    sight.field("Title").fill("é".repeat(151));
    assertThat(page.getByText("151 / 150")).isVisible();
    assertThat(sight.field("Title")).hasAccessibleDescription("Shorten it to 150 characters.");
    sight.button("Ask").click();
    assertThat(sight.field("Title")).isFocused();
    sight.field("Title").fill("é".repeat(150));
    assertThat(page.getByText("Shorten it")).isHidden();
    sight.button("Ask").click();
    assertThat(sight.field("Details")).isFocused();
    assertThat(sight.field("Title")).not().hasAttribute("aria-invalid", "true");
    assertThat(page).hasURL(visitor.address("/ask"));
    tags().fill("a*b");
    tags().press("Enter");
    sight.field("Details").fill("All is said");
    visitor.expects("POST /api/v1/questions");
    sight.button("Ask").click();
    assertThat(tags()).hasAttribute("aria-invalid", "true");
    assertThat(tags()).isFocused();
    sight.button("Remove a*b").click();
    sight.field("Details").press("Control+Enter");
    assertThat(page).hasURL(QUESTION);
  }

  @Test
  void showsWhatWasAskedBefore() {
    String before =
        browsers.person("Ada Lovelace").asks("Which shuttlecock flies fastest?", "Mine is slow.");
    visitor.opens("/ask");
    sight.field("Title").pressSequentially("A shuttlecock that flies");
    Locator link = page.getByLabel("Has it been asked before?").getByRole(AriaRole.LINK);
    assertThat(link).hasText(new String[] {"Which shuttlecock flies fastest?"});
    link.click();
    assertThat(page).hasURL(visitor.address("/questions/" + before));
    page.goBack();
    assertThat(sight.field("Title")).hasValue("A shuttlecock that flies");
  }

  @Test
  void editsAndDeletesOnesOwn() {
    String question = asker.asks("Before the edit", "Old *words*", "looms");
    Visitor stranger = browsers.visitor().opens("/questions/" + question);
    assertThat(new Sight(stranger.page()).heading("Before the edit")).isVisible();
    assertThat(stranger.page().getByLabel("More")).isHidden();
    visitor.opens("/questions/" + question);
    more("Edit");
    assertThat(sight.field("Details")).hasValue("Old *words*");
    sight.field("Title").fill("Thrown away");
    sight.button("Cancel").click();
    assertThat(sight.heading("Before the edit")).isVisible();
    more("Edit");
    sight.field("Title").fill("After the edit");
    sight.field("Details").fill("New **words**");
    sight.button("Remove looms").click();
    visitor.isAccessible();
    sight.button("Save").click();
    assertThat(sight.heading("After the edit")).isVisible();
    assertThat(question().locator("strong")).hasText("words");
    assertThat(question()).not().containsText("looms");
    assertThat(question()).containsText("edited");
    more("Delete");
    assertThat(sight.dialog()).containsText("Its answers go with it");
    sight.dialog().getByText("Cancel").click();
    assertThat(sight.dialog()).isHidden();
    more("Delete");
    sight.dialog().getByText("Delete", exactly()).click();
    assertThat(page.getByText("The question is deleted.")).isVisible();
    assertThat(page).hasURL(visitor.address("/questions"));
    assertThat(page.getByText("After the edit")).isHidden();
    assertThat(asker.api().get("/api/v1/questions/" + question).status()).isEqualTo(404);
  }

  @Test
  void anAttackIsHarmless() {
    List<String> dialogs = new ArrayList<>();
    page.onDialog(dialog -> {
      dialogs.add(dialog.message());
      dialog.dismiss();
    });
    String title = "</script><img src=x onerror=alert(3)>&lt;b>";
    visitor.opens("/ask");
    sight.field("Title").fill(title);
    sight.field("Details").fill(ATTACK);
    sight.button("Preview").click();
    assertThat(page.locator(".written")).containsText("covers all");
    assertThat(page.locator(".written").locator(ARMED)).hasCount(0);
    sight.button("Ask").click();
    assertThat(page).hasURL(QUESTION);
    for (int visit = 0; visit < 2; visit++) {
      assertThat(sight.heading(title)).isVisible();
      assertThat(page).hasTitle(title + " · Freshet");
      assertThat(question().locator(".prose").locator(ARMED)).hasCount(0);
      question().getByText("by Markdown").click();
      question().getByText("by markup").click();
      assertThat(sight.heading(title)).isVisible();
      assertThat(page.evaluate("window.hacked")).isNull();
      page.reload();
    }
    visitor.opens("/questions");
    assertThat(sight.link(title)).isVisible();
    visitor.opens("/search?q=covers");
    assertThat(sight.link(title)).isVisible();
    assertThat(page.evaluate("window.hacked")).isNull();
    assertThat(dialogs).isEmpty();
    assertThat(visitor.problems()).isEmpty();
  }

  @Test
  void strangersAreLedToSignIn() {
    Visitor stranger = browsers.visitor().opens("/ask");
    Sight seen = new Sight(stranger.page());
    assertThat(seen.heading("Sign in to ask")).isVisible();
    stranger.isAccessible();
    stranger.page().getByRole(AriaRole.MAIN).getByText("Sign in", exactly()).click();
    assertThat(stranger.page()).hasURL(stranger.address("/sign-in?next=%2Fask"));
  }

  private Locator question() {
    return page.locator("article.question");
  }

  private Locator tags() {
    return page.getByRole(
        AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Tags").setExact(true));
  }

  private void more(String action) {
    question().getByLabel("More").click();
    question().getByText(action, exactly()).click();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Locator.FilterOptions says(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
