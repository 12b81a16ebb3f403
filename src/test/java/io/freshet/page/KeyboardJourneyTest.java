package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that one does daily, without a mouse: nothing is clicked here. */
class KeyboardJourneyTest {
  /** So many steps by Tab lead anywhere on these pages. */
  private static final int STEPS = 40;

  private static final String FOCUSED = "it => it === document.activeElement";

  /** From a dialog one comes to the browser itself, which a test sees as the body, and back. */
  private static final String KEPT_IN_DIALOG =
      """
      () => [...document.querySelectorAll('dialog *, body')].includes(document.activeElement)
      """;

  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person reader = browsers.person("Grace Hopper");
  private final Person author = browsers.person("Ada Lovelace");
  private final Visitor visitor = browsers.visitor();
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);

  @Test
  void beginsAtTheTopAndSkipsToTheContent() {
    visitor.as(reader).opens("/");
    assertThat(sight.field("New post")).isVisible();
    press("Tab");
    assertThat(sight.link("Skip to the content")).isFocused();
    assertThat(sight.link("Skip to the content")).isInViewport();
    press("Tab");
    assertThat(sight.link("Freshet")).isFocused();
    press("Tab");
    assertThat(page.getByRole(AriaRole.COMBOBOX).first()).isFocused();
    tabTo(sight.button("Sign out"));
    for (String way : List.of("Feed", "My page", "Questions", "Notifications", "Settings")) {
      press("Tab");
      assertThat(way(way)).isFocused();
    }
    page.reload();
    assertThat(sight.field("New post")).isVisible();
    press("Tab");
    press("Enter");
    assertThat(page.getByRole(AriaRole.MAIN)).isFocused();
    press("Tab");
    assertThat(sight.field("New post")).isFocused();
  }

  @Test
  void signsInAndWrites() {
    visitor.opens("/sign-in");
    tabTo(sight.field("Handle"));
    page.keyboard().type(reader.handle());
    press("Tab");
    page.keyboard().type(reader.password());
    press("Enter");
    assertThat(sight.heading("Your feed is waiting for people")).isVisible();
    press("n");
    assertThat(sight.field("New post")).isFocused();
    page.keyboard().type("jkln?./gh, typed and not done");
    assertThat(sight.field("New post")).hasValue("jkln?./gh, typed and not done");
    assertThat(sight.dialog()).isHidden();
    assertThat(page).hasURL(visitor.address("/"));
    press("Control+Enter");
    assertThat(sight.articles()).containsText(new String[] {"jkln?./gh, typed and not done"});
    assertThat(sight.field("New post")).hasValue("");
    assertThat(sight.field("New post")).isFocused();
  }

  @Test
  void stepsThroughTheFeed() {
    List<String> posts = threePosts();
    visitor.as(reader).opens("/");
    assertThat(sight.articles()).hasCount(3);
    press("j");
    assertThat(sight.articles().first()).isFocused();
    press("j");
    press("j");
    assertThat(sight.articles().nth(2)).isFocused();
    press("k");
    assertThat(sight.articles().nth(1)).isFocused();
    assertThat(sight.articles().nth(1)).isInViewport();
    press("l");
    assertThat(sight.articles().nth(1).locator("[aria-pressed=true]")).hasCount(1);
    await().until(() -> likes(posts.get(1)) == 1);
    tabTo(sight.articles().nth(2));
    press("Enter");
    assertThat(page).hasURL(visitor.address("/posts/" + posts.getFirst()));
    assertThat(sight.field("Write a comment")).isVisible();
    press("g");
    press("h");
    assertThat(page).hasURL(visitor.address("/"));
    assertThat(sight.articles()).hasCount(3);
    press("g");
    press("n");
    assertThat(sight.heading("Notifications")).isVisible();
    press("g");
    press("q");
    assertThat(page).hasURL(visitor.address("/questions"));
  }

  @Test
  void asksForHelpAndIsBackWhereItWas() {
    threePosts();
    visitor.as(reader).opens("/");
    assertThat(sight.articles()).hasCount(3);
    press("j");
    press("j");
    press("?");
    assertThat(sight.dialog()).containsText("Show new posts");
    visitor.isAccessible();
    press("j");
    press("Tab");
    assertThat(sight.dialog()).isVisible();
    press("Escape");
    assertThat(sight.dialog()).isHidden();
    assertThat(sight.articles().nth(1)).isFocused();
  }

  @Test
  void opensAndClosesAMenu() {
    threePosts();
    visitor.as(reader).opens("/");
    assertThat(sight.articles()).hasCount(3);
    press("j");
    Locator more = sight.articles().first().getByLabel("More");
    tabTo(more);
    Locator mute = sight.articles().first().getByText("Mute Ada Lovelace");
    assertThat(mute).isHidden();
    press("Enter");
    assertThat(mute).isVisible();
    visitor.isAccessible();
    press("Escape");
    assertThat(mute).isHidden();
    assertThat(more).isFocused();
    press("Space");
    tabTo(mute);
    press("Enter");
    assertThat(sight.articles()).hasCount(0);
    tabTo(sight.button("Undo"));
    press("Enter");
    // In their place, or, if the feed was loaded anew meanwhile, offered to whom has scrolled.
    Locator offered = sight.button("3 new posts");
    assertThat(sight.articles().nth(2).or(offered).first()).isVisible();
    if (offered.isVisible()) {
      press(".");
    }
    assertThat(sight.articles()).hasCount(3);
  }

  @Test
  void showsNewPostsAndGoesToTheFirst() {
    threePosts();
    FeedJourneyTest.listening(visitor.as(reader).opens("/"));
    assertThat(sight.articles()).hasCount(3);
    press("j");
    press("j");
    author.posts("The first of the new ones");
    assertThat(sight.button("1 new post")).isVisible();
    author.posts("The last of the new ones");
    assertThat(sight.button("2 new posts")).isVisible();
    assertThat(sight.articles().nth(1)).isFocused();
    press(".");
    assertThat(sight.articles()).hasCount(5);
    assertThat(sight.articles().first()).containsText("The last of the new ones");
    assertThat(sight.articles().first()).isFocused();
    press("j");
    assertThat(sight.articles().nth(1)).containsText("The first of the new ones");
    assertThat(sight.articles().nth(1)).isFocused();
  }

  @Test
  void asksBeforeItDeletes() {
    reader.posts("Soon to be gone");
    visitor.as(reader).opens("/me");
    assertThat(sight.articles()).hasCount(1);
    tabTo(sight.articles().first().getByLabel("More"));
    press("Enter");
    tabTo(sight.articles().first().getByText("Delete"));
    press("Enter");
    assertThat(sight.dialog()).isVisible();
    for (int i = 0; i < 6; i++) {
      press("Tab");
      assertThat((Boolean) page.evaluate(KEPT_IN_DIALOG)).isTrue();
    }
    press("Escape");
    assertThat(sight.dialog()).isHidden();
    assertThat(sight.articles()).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("/me$"));
  }

  @Test
  void searchesWithArrowsAndEnter() {
    author.asks("Why is a whale no fish?", "It lives in the sea, does it not?", "whales");
    visitor.as(reader).opens("/");
    assertThat(sight.field("New post")).isVisible();
    Locator box = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search"));
    press("/");
    assertThat(box).isFocused();
    page.keyboard().type("whale");
    Locator options = page.locator("#suggestions").getByRole(AriaRole.OPTION);
    assertThat(options.first()).isVisible();
    assertThat(box).hasAttribute("aria-expanded", "true");
    visitor.isAccessible();
    press("ArrowDown");
    assertThat(options.first()).hasAttribute("aria-selected", "true");
    assertThat(box).isFocused();
    press("Escape");
    assertThat(options).hasCount(0);
    assertThat(box).hasValue("whale");
    press("Enter");
    assertThat(page).hasURL(visitor.address("/search?q=whale"));
    assertThat(sight.heading("Search: whale")).isVisible();
    press("/");
    page.keyboard().press("Control+a");
    page.keyboard().type("no fish");
    assertThat(options).not().hasCount(0);
    press("ArrowUp");
    press("Enter");
    assertThat(sight.heading("Why is a whale no fish?")).isVisible();
  }

  private List<String> threePosts() {
    reader.follows(author);
    List<String> posts = author.posts(3, number -> "Post " + number + "\n".repeat(8) + ".");
    reader.awaits(posts.getLast());
    return posts;
  }

  private int likes(String post) {
    return author.reads("/api/v1/posts/" + post).at("/counts/likes").asInt();
  }

  private void press(String key) {
    page.keyboard().press(key);
  }

  private void tabTo(Locator target) {
    for (int i = 0; i < STEPS && !Boolean.TRUE.equals(target.evaluate(FOCUSED)); i++) {
      press("Tab");
    }
    assertThat(target).isFocused();
  }

  private Locator way(String name) {
    return page.locator("nav.ways")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
  }
}
