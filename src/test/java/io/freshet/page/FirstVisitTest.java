package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page comes out of this build, runs under its policy and hears of what is new. */
class FirstVisitTest {
  @RegisterExtension private final Browsers browsers = new Browsers();

  @Test
  void opensToStrangers() {
    Visitor stranger = browsers.visitor().opens("/");
    assertThat(stranger.page().getByRole(AriaRole.MAIN)).containsText("Follow people");
    stranger.isAccessible();
  }

  @Test
  void opensInRussianInTheDarkOnATelephone() {
    Visitor stranger = browsers.visitor(Look.USUAL.russian().dark().narrow()).opens("/");
    assertThat(stranger.page().locator("html")).hasAttribute("lang", "ru");
    assertThat(stranger.page().getByRole(AriaRole.MAIN)).containsText("Подписывайтесь");
  }

  @Test
  void hearsOfPostsAndMissesNoneWhileTheLineIsCut() {
    Person author = browsers.person("Ada Lovelace");
    Person reader = browsers.person("Charles Babbage");
    reader.follows(author);
    reader.awaits(author.posts("The first of three"));
    Visitor visitor = browsers.visitor(reader).opens("/");
    Locator feed = visitor.page().getByRole(AriaRole.MAIN);
    assertThat(feed).containsText("The first of three");
    author.posts("The second of three");
    assertThat(feed).containsText("The second of three");
    visitor.cut();
    reader.awaits(author.posts("The last of three"));
    visitor.mend();
    assertThat(feed).containsText("The last of three");
  }
}
