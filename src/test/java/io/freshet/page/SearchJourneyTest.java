package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who looks for something: what is suggested while they type, and what is found. */
class SearchJourneyTest {
  private static final double TYPING_MILLIS = 120;
  private static final int MOST_REQUESTS = 3;
  private static final String SUGGESTING = "/api/v1/search/suggest?";

  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person author = browsers.person("Ada Lovelace");
  private final Visitor visitor = browsers.visitor();
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);
  private final List<String> asked = new ArrayList<>();

  SearchJourneyTest() {
    page.onRequest(request -> {
      if (request.url().contains(SUGGESTING)) {
        asked.add(request.url().split("[?&]q=", 2)[1]);
      }
    });
  }

  @Test
  void suggestsWhileOneTypesAndAsksSeldom() {
    author.asks("Quaternion algebra?", "How?");
    author.asks("Quaternary numbers?", "Which?");
    visitor.opens("/questions");
    box().pressSequentially("quaternion", typing());
    assertThat(options()).hasText(new String[] {"Quaternion algebra?"});
    assertThat(asked).hasSizeBetween(1, MOST_REQUESTS);
    assertThat(asked.getLast()).isEqualTo("quaternion");
    assertThat(box()).hasAttribute("aria-expanded", "true");
    visitor.isAccessible();
    int before = asked.size();
    box().press("Backspace");
    box().press("n");
    box().press("Space");
    assertThat(options()).hasText(new String[] {"Quaternion algebra?"});
    assertThat(asked).hasSize(before);
  }

  @Test
  void suggestsWhatWasTypedBeforeItsCodeCame() {
    author.asks("Wolframite or scheelite?", "Which?");
    visitor.opens("/questions");
    List<Route> held = new ArrayList<>();
    page.route("**/suggestions-*.js", held::add);
    box().pressSequentially("wolframite");
    page.waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    assertThat(options()).hasText(new String[] {"Wolframite or scheelite?"});
    assertThat(asked).containsExactly("wolframite");
  }

  @Test
  void suggestsNothingOverWhatWasFoundBeforeItsCodeCame() {
    page.clock().install();
    visitor.opens("/questions");
    List<Route> held = new ArrayList<>();
    page.route("**/suggestions-*.js", held::add);
    box().fill("theodolite");
    box().press("Enter");
    assertThat(sight.heading("Search: theodolite")).isVisible();
    page.waitForCondition(() -> !held.isEmpty());
    held.getFirst().resume();
    assertThat(page.locator("#suggestions")).isAttached();
    page.clock().runFor(5_000);
    page.evaluate("() => fetch('/health/live').then(it => it.text())");
    assertThat(asked).isEmpty();
  }

  @Test
  void anOlderAnswerNeverReplacesANewerOne() {
    author.asks("Velocipede or bicycle?", "Which?");
    visitor.opens("/questions");
    List<Route> held = new ArrayList<>();
    page.route(url -> url.endsWith(SUGGESTING + "q=velo"), held::add);
    box().pressSequentially("velo");
    page.waitForCondition(() -> !held.isEmpty());
    box().pressSequentially("cipede");
    assertThat(options()).hasText(new String[] {"Velocipede or bicycle?"});
    String late = "{\"items\":[{\"kind\":\"question\",\"id\":\"1\",\"text\":\"Too late\"}]}";
    held.getFirst()
        .fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(late));
    page.evaluate("() => fetch('/health/live').then(it => it.text())");
    assertThat(options()).hasText(new String[] {"Velocipede or bicycle?"});
    assertThat(box()).hasValue("velocipede");
  }

  @Test
  void asksNothingForOneLetter() {
    author.asks("Xylophone tuning?", "How?");
    page.clock().install();
    visitor.opens("/questions");
    box().pressSequentially("x");
    assertThat(page.locator("#suggestions")).isAttached();
    page.clock().runFor(5_000);
    assertThat(asked).isEmpty();
    box().pressSequentially("y");
    page.clock().runFor(1_000);
    assertThat(options().first()).isVisible();
    assertThat(asked).containsExactly("xy");
    box().press("Backspace");
    assertThat(options()).hasCount(0);
    page.clock().runFor(5_000);
    assertThat(asked).containsExactly("xy");
  }

  @Test
  void goesThroughSuggestionsByArrows() {
    Person person = browsers.person("Zarathustra Quill");
    String question = author.asks("Zarathustra or not?", "Who spoke?", "zarathustra");
    visitor.opens("/questions");
    box().pressSequentially("zarat");
    assertThat(options())
        .hasText(
            new Pattern[] {
              Pattern.compile("Zarathustra Quill@" + person.handle()),
              Pattern.compile("zarathustra1 question"),
              Pattern.compile("Zarathustra or not\\?")
            });
    box().press("ArrowUp");
    assertReached(2);
    box().press("ArrowDown");
    assertThat(box()).hasAttribute("aria-activedescendant", "");
    box().press("ArrowDown");
    assertReached(0);
    box().press("Escape");
    assertThat(options()).hasCount(0);
    assertThat(box()).hasAttribute("aria-expanded", "false");
    assertThat(box()).hasValue("zarat");
    box().pressSequentially("h");
    assertThat(options()).hasCount(3);
    box().press("ArrowUp");
    box().press("Enter");
    assertThat(page).hasURL(visitor.address("/questions/" + question));
    assertThat(options()).hasCount(0);
  }

  @Test
  void goesToWhatIsClicked() {
    Person person = browsers.person("Malachite Quill");
    visitor.opens("/questions");
    box().pressSequentially("malach");
    options().first().click();
    assertThat(page).hasURL(visitor.address("/@" + person.handle()));
    assertThat(sight.heading("Malachite Quill")).isVisible();
    assertThat(page.locator("#suggestions")).isHidden();
  }

  @Test
  void findsEachKindAndMarksTheWords() {
    Person person = browsers.person("Heliograph Quill");
    author.asks("How bright is a heliograph?", "It *signals* by the sun.", "heliograph");
    author.asks("Which mirror is best?", "For my new heliographs, by the sea.");
    author.posts("Heliographs blink from hill to hill");
    visitor.opens("/");
    box().fill("heliograph");
    box().press("Enter");
    assertThat(page).hasURL(visitor.address("/search?q=heliograph"));
    assertThat(sight.heading("Search: heliograph")).isVisible();
    assertThat(rows()).hasCount(2);
    assertThat(rows().first().locator("h2 mark")).hasText("heliograph");
    assertThat(rows().last().locator(".excerpt mark")).hasText("heliographs");
    visitor.isAccessible();
    kind("Posts");
    assertThat(rows()).hasCount(1);
    assertThat(rows().locator("mark")).hasText("Heliographs");
    visitor.isAccessible();
    kind("People");
    assertThat(rows()).hasCount(1);
    assertThat(rows()).containsText("@" + person.handle());
    visitor.isAccessible();
    kind("Tags");
    assertThat(rows()).hasCount(1);
    assertThat(rows()).containsText("heliograph");
    visitor.isAccessible();
    rows().getByRole(AriaRole.LINK).click();
    assertThat(page).hasURL(visitor.address("/questions?tag=heliograph"));
    assertThat(sight.link("How bright is a heliograph?")).isVisible();
  }

  @Test
  void findsRussianWordsInAnyForm() {
    author.asks("Сколько тянет упряжка?", "Пять паровозов и двенадцать телег.");
    visitor.opens("/search?q=" + "паровоз");
    assertThat(rows()).hasCount(1);
    assertThat(rows().locator("mark")).hasText("паровозов");
    box().fill("паровозами");
    box().press("Enter");
    assertThat(sight.heading("Search: паровозами")).isVisible();
    assertThat(rows().locator("mark")).hasText("паровозов");
  }

  @Test
  void saysWhatToDoWhenNothingIsFound() {
    author.posts("Only a post has the word sesquipedalian");
    visitor.opens("/search?q=sesquipedalian");
    assertThat(sight.heading("Nothing found for “sesquipedalian”")).isVisible();
    assertThat(page.getByText("Try fewer or other words")).isVisible();
    assertThat(page.getByRole(AriaRole.MAIN).getByText("Ask a question")).isVisible();
    visitor.isAccessible();
    page.getByText("Or look among others:").getByText("Posts").click();
    assertThat(rows()).hasCount(1);
    visitor.opens("/search");
    assertThat(sight.heading("What are you looking for?")).isVisible();
  }

  @Test
  void returnsToTheResults() {
    for (int number = 0; number < 18; number++) {
      author.asks("Gyroscope number " + number, "Spins?");
    }
    visitor.opens("/search?q=gyroscope");
    assertThat(rows()).hasCount(18);
    Locator hit = rows().nth(16);
    hit.scrollIntoViewIfNeeded();
    String title = hit.locator("h2").innerText();
    hit.locator("h2 a").click();
    assertThat(sight.heading(title)).isVisible();
    assertThat(box()).hasValue("");
    page.goBack();
    assertThat(rows()).hasCount(18);
    assertThat(rows().nth(16)).containsText(title);
    assertThat(rows().nth(16)).isInViewport();
    assertThat(box()).hasValue("gyroscope");
    page.goForward();
    assertThat(sight.heading(title)).isVisible();
  }

  @Test
  void isDoneByTheKeyboardAlone() {
    String question = author.asks("Barometer readings?", "High or low?", "barometer");
    author.asks("Barometer repairs?", "Who does them?");
    author.posts("The barometer falls");
    visitor.opens("/questions");
    assertThat(sight.heading("Questions")).isVisible();
    page.keyboard().press("/");
    assertThat(box()).isFocused();
    page.keyboard().type("barometer re/");
    page.keyboard().press("Backspace");
    assertThat(box()).hasValue("barometer re");
    assertThat(options()).hasCount(2);
    page.keyboard().press("Enter");
    assertThat(sight.heading("Search: barometer re")).isVisible();
    page.keyboard().press("/");
    page.keyboard().press("Control+A");
    page.keyboard().type("barometer");
    page.keyboard().press("Enter");
    assertThat(rows()).hasCount(2);
    page.keyboard().press("j");
    assertThat(rows().first()).isFocused();
    page.keyboard().press("j");
    assertThat(rows().last()).isFocused();
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/questions/\\d+$"));
    assertThat(sight.heading("0 answers")).isVisible();
    page.keyboard().press("/");
    page.keyboard().type("barometer read");
    assertThat(options()).hasCount(1);
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(visitor.address("/questions/" + question));
    assertThat(sight.heading("Barometer readings?")).isVisible();
  }

  @Test
  void hidesFromTheReaderWhomTheyMute() {
    Person reader = browsers.person("Grace Hopper");
    Person muted = browsers.person("Theodolite Quill");
    muted.posts("A theodolite for sale");
    Visitor member = browsers.visitor(reader).opens("/search?q=theodolite&kind=posts");
    assertThat(rows(member)).hasCount(1);
    reader.mutes(muted);
    member.page().reload();
    assertThat(new Sight(member.page()).heading("Nothing found for “theodolite”")).isVisible();
    visitor.opens("/search?q=theodolite&kind=posts");
    assertThat(rows()).hasCount(1);
  }

  private void assertReached(int index) {
    assertThat(box()).hasAttribute("aria-activedescendant", "suggestion-" + index);
    assertThat(options().nth(index)).hasId("suggestion-" + index);
    assertThat(page.locator("#suggestions [aria-selected=true]")).hasCount(1);
    assertThat(options().nth(index)).hasAttribute("aria-selected", "true");
  }

  private void kind(String name) {
    page.getByLabel("What to look for").getByText(name).click();
    assertThat(page.getByLabel("What to look for").locator("[aria-current=page]")).hasText(name);
  }

  private Locator box() {
    return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search"));
  }

  private Locator options() {
    return page.locator("#suggestions").getByRole(AriaRole.OPTION);
  }

  private Locator rows() {
    return rows(visitor);
  }

  private static Locator rows(Visitor who) {
    return who.page().locator("main .list > [data-item]");
  }

  private static Locator.PressSequentiallyOptions typing() {
    return new Locator.PressSequentiallyOptions().setDelay(TYPING_MILLIS);
  }
}
