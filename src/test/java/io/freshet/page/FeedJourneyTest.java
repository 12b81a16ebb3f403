package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reader's feed, changed by others while it is looked at. */
class FeedJourneyTest {
  /** More than it takes to scroll to where a test wants to be. */
  private static final int STEPS = 500;

  /** Resolves when an element has not moved for some frames. */
  private static final String AT_REST =
      """
      element => new Promise(done => {
        let last, still = 0;
        const look = () => {
          const top = element.getBoundingClientRect().top;
          still = top === last ? still + 1 : 0;
          last = top;
          still > 30 ? done() : requestAnimationFrame(look);
        };
        look();
      })
      """;

  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person reader = browsers.person("Grace Hopper");
  private final Person author = browsers.person("Ada Lovelace");

  @Test
  void fillsWhenSomebodyIsFollowed() {
    String post = author.posts("The engine weaves algebraic patterns");
    Visitor visitor = browsers.visitor(reader).opens("/");
    assertThat(visitor.page().getByText("Your feed is waiting for people")).isVisible();
    visitor.opens("/@" + author.handle());
    visitor.page().getByRole(AriaRole.BUTTON, named("Follow: Ada Lovelace")).click();
    assertThat(visitor.page().getByRole(AriaRole.BUTTON, named("Unfollow: Ada Lovelace")))
        .isVisible();
    reader.awaits(post);
    visitor.page().getByRole(AriaRole.LINK, named("Feed")).click();
    assertThat(articles(visitor)).containsText(new String[] {"The engine weaves"});
  }

  @Test
  void tellsOfNewPostsWithoutMovingTheReader() {
    reader.follows(author);
    List<String> posts = author.posts(12, number -> "Older post " + number + "\n".repeat(6) + ".");
    reader.awaits(posts.getLast());
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    Page page = visitor.page();
    Locator sixth = articles(visitor).nth(5);
    sixth.scrollIntoViewIfNeeded();
    page.mouse().wheel(0, 300);
    double before = settled(sixth);
    author.posts("A new one");
    author.posts("Another new one");
    Locator pill = page.getByRole(AriaRole.BUTTON, named("2 new posts"));
    assertThat(pill).isVisible();
    assertThat(settled(sixth)).isBetween(before - 1, before + 1);
    assertThat(articles(visitor)).hasCount(12);
    visitor.isAccessible();

    pill.click();
    assertThat(articles(visitor)).hasCount(14);
    assertThat(articles(visitor).first()).containsText("Another new one");
    assertThat(articles(visitor).first()).isFocused();
    assertThat(pill).isHidden();
  }

  @Test
  void showsNewPostsAtOnceToWhoWaitsAtTheTop() {
    reader.follows(author);
    reader.awaits(author.posts("The first"));
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    author.posts("Fresh as it can be");
    assertThat(articles(visitor).first()).containsText("Fresh as it can be");
    assertThat(articles(visitor)).hasCount(2);
  }

  @Test
  void changesAndRemovesInPlace() {
    reader.follows(author);
    String edited = author.posts("Before the edit");
    String removed = author.posts("Soon to be gone");
    String liked = author.posts("Much liked");
    reader.awaits(liked);
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    visitor.allows("404 GET /api/v1/posts/" + removed);
    assertThat(articles(visitor)).hasCount(3);
    author.edits(edited, "After the edit");
    assertThat(visitor.page().getByText("After the edit")).isVisible();
    author.deletes(removed);
    assertThat(articles(visitor)).hasCount(2);
    author.likes(liked);
    assertThat(visitor.page().getByRole(AriaRole.BUTTON, named("Like, 1 so far"))).isVisible();
  }

  @Test
  void mutesAtOnceAndBackAgain() {
    reader.follows(author);
    reader.awaits(author.posts("Do I want to read this?"));
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    Page page = visitor.page();
    articles(visitor).first().getByLabel("More").click();
    page.getByRole(AriaRole.BUTTON, named("Mute Ada Lovelace")).click();
    assertThat(articles(visitor)).hasCount(0);
    page.getByRole(AriaRole.BUTTON, named("Undo")).click();
    assertThat(articles(visitor)).hasCount(1);
    author.posts("Heard again");
    assertThat(page.getByText("Heard again")).isVisible();
  }

  @Test
  void letsBeHeardWhomOneMutedLongAgo() {
    reader.follows(author);
    reader.mutes(author);
    Page page = browsers.visitor(reader).opens("/@" + author.handle()).page();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Unfollow: Ada Lovelace"))).isVisible();
    page.getByLabel("More").click();
    page.getByRole(AriaRole.BUTTON, named("Unmute Ada Lovelace")).click();
    assertThat(page.getByText("You see Ada Lovelace again.")).isVisible();
    reader.awaits(author.posts("Heard again"));
    page.getByLabel("More").click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Mute Ada Lovelace"))).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Unfollow: Ada Lovelace")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Follow: Ada Lovelace"))).isVisible();
    assertThat(page.getByText("0 followers")).isVisible();
  }

  @Test
  void hidesFromWhomTheAuthorRestricts() {
    reader.follows(author);
    reader.awaits(author.posts("Not for everybody"));
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    assertThat(articles(visitor)).hasCount(1);
    Visitor writing = browsers.visitor(author).opens("/@" + reader.handle());
    writing.page().getByLabel("More").click();
    writing.page().getByRole(AriaRole.BUTTON, named("Hide my posts from Grace Hopper")).click();
    assertThat(articles(visitor)).hasCount(0);
    writing.page().getByRole(AriaRole.BUTTON, named("Undo")).click();
    assertThat(articles(visitor)).hasCount(1);
  }

  @Test
  void missesNothingWhenTheLineIsCut() {
    reader.follows(author);
    String before = author.posts("Before the cut");
    reader.awaits(before);
    Visitor visitor = listening(browsers.visitor(reader).opens("/"));
    assertThat(articles(visitor)).hasCount(1);
    visitor.page().mouse().move(400, 400);
    visitor.cut();
    assertThat(visitor.page().getByText("Connecting again…")).isVisible();
    List<String> missed = author.posts(8, number -> "Missed " + number);
    author.deletes(before);
    reader.awaits(missed.getLast());
    visitor.allows("404 GET /api/v1/posts/" + before);
    visitor.mend();
    assertThat(visitor.page().getByText("Up to date")).isVisible();
    assertThat(articles(visitor)).hasCount(8);
    for (int i = 0; i < missed.size(); i++) {
      assertThat(articles(visitor).nth(7 - i)).containsText("Missed " + i);
    }
  }

  @Test
  void comesBackToWhereTheReaderWas() {
    reader.follows(author);
    List<String> posts = author.posts(70, number -> "Post number " + number + "\n\n.");
    reader.awaits(posts.getLast());
    Visitor visitor = browsers.visitor(reader).opens("/");
    Page page = visitor.page();
    Locator wanted = page.locator("[data-item='" + posts.get(20) + "']");
    for (int step = 0; step < STEPS && wanted.count() == 0; step++) {
      articles(visitor).last().scrollIntoViewIfNeeded();
    }
    wanted.scrollIntoViewIfNeeded();
    double before = settled(wanted);

    wanted.getByRole(AriaRole.LINK).nth(1).click();
    assertThat(page).hasURL(Pattern.compile(".*/(posts/|@).*"));
    page.goBack();
    assertThat(wanted).isInViewport();
    assertThat(settled(wanted)).isBetween(before - 3, before + 3);
    page.reload();
    assertThat(wanted).isInViewport();
    assertThat(settled(wanted)).isBetween(before - 3, before + 3);
  }

  /** Waits until what was scrolled has come to rest, and the page has noted it. */
  private static double settled(Locator element) {
    element.evaluate(AT_REST);
    return top(element);
  }

  private static double top(Locator element) {
    return element.boundingBox().y;
  }

  static Visitor listening(Visitor visitor) {
    visitor
        .page()
        .locator("html[data-live='on']")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    return visitor;
  }

  private static Locator articles(Visitor visitor) {
    return visitor.page().getByRole(AriaRole.FEED).getByRole(AriaRole.ARTICLE);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
