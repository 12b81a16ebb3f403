package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes the pictures of the documentation: {@code mvn test -Dquick -Dtest=Pictures
 * -Dfreshet.pictures=true} writes {@code docs/img/*.png}.
 */
@EnabledIfSystemProperty(named = "freshet.pictures", matches = "true")
class Pictures {
  private static final Path DIRECTORY = Path.of("docs", "img");

  /** What took a second here is shown as if it had taken so many. */
  private static final int SLOWNESS = 3_000;

  private static final Pattern MOMENT =
      Pattern.compile("(\"(?:createdAt|editedAt)\":\")(20\\d\\d-[^\"]+Z)");

  @RegisterExtension private final Browsers browsers = new Browsers();

  @Test
  void shows() {
    Town town = new Town();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> town.mira.reads("/api/v1/rankings/members").path("items").size() >= 5);
    Instant now = Instant.now();
    Visitor desk = aged(browsers.visitor(town.mira), now);
    Locator feed = desk.opens("/").page().getByRole(AriaRole.FEED);
    assertThat(feed).isVisible();
    take(desk, "feed");
    // Within the page, which has what is told by the API only: see age.
    desk.opens("/questions");
    desk.page().locator("main a[href='/questions/" + town.question + "']").first().click();
    assertThat(desk.page().getByText("Accepted")).isVisible();
    take(desk, "question");
    compose(desk.opens("/"));
    take(desk, "composer");
    Look phone = new Look("en-US", Look.USUAL.colours(), 390, 844);
    Visitor hand = aged(browsers.visitor(town.mira, phone), now);
    assertThat(hand.opens("/").page().getByRole(AriaRole.FEED)).isVisible();
    take(hand, "phone");
    Visitor night = aged(browsers.visitor(town.mira, Look.USUAL.dark()), now);
    assertThat(night.opens("/").page().getByRole(AriaRole.FEED)).isVisible();
    take(night, "dark");
  }

  private static void compose(Visitor visitor) {
    Sight sight = new Sight(visitor.page());
    visitor
        .page()
        .setInputFiles(
            "input[type=file]", new FilePayload("valley.jpg", "image/jpeg", Town.morning()));
    Locator alt = sight.field("What is to be seen, for those who cannot see it");
    alt.fill("A green valley in the first light");
    alt.blur();
    sight
        .field("New post")
        .fill("First morning without frost. The swallows are back, and so is the ferry. #river");
  }

  /** Everything was written within seconds; it shall look like days. */
  private static Visitor aged(Visitor visitor, Instant now) {
    visitor
        .page()
        .route(
            "**/*",
            route -> {
              try {
                age(route, now);
              } catch (PlaywrightException e) {
                // Asked for when the page was closed already.
              }
            });
    return visitor;
  }

  private static void age(Route route, Instant now) {
    if (!route.request().resourceType().equals("fetch")) {
      route.resume();
      return;
    }
    APIResponse answer = route.fetch();
    String text = answer.text();
    String aged =
        MOMENT
            .matcher(text)
            .replaceAll(found -> {
              Duration since = Duration.between(Instant.parse(found.group(2)), now);
              return found.group(1) + now.minus(since.multipliedBy(SLOWNESS));
            });
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(aged));
  }

  private static void take(Visitor visitor, String name) {
    Page page = visitor.page();
    assertThat(page.locator(".skeleton, [aria-busy=true]")).hasCount(0);
    if (page.viewportSize().width > 900) {
      assertThat(page.getByText("Best members of the week")).isVisible();
    }
    visitor.awaits(
        "() => [...document.images].every(it => it.complete) && document.fonts.ready.then(() => true)");
    page.screenshot(new Page.ScreenshotOptions().setPath(DIRECTORY.resolve(name + ".png")));
  }
}
