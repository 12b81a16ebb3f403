package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** From the first visit to the last: registering, signing in and out, and what ends a session. */
class SessionJourneyTest {
  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Visitor visitor = browsers.visitor();
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);

  @Test
  void becomesAMemberAndWritesTheFirstPost() {
    String handle = "newcomer_" + ProcessHandle.current().pid();
    visitor.opens("/");
    page.getByRole(AriaRole.MAIN).getByText("Register").click();
    assertThat(sight.heading("Join in")).isVisible();
    visitor.isAccessible();
    register(handle, "a long password");
    assertThat(sight.heading("Your feed is waiting for people")).isVisible();
    sight.field("New post").fill("Good morning, all of you");
    sight.button("Post").click();
    assertThat(sight.articles()).containsText(new String[] {"Good morning, all of you"});
    visitor.opens("/me");
    assertThat(sight.heading("Nadia Rahal")).isVisible();
    assertThat(sight.articles()).hasCount(1);
    assertThat(sight.articles().first()).containsText("Good morning, all of you");
    JsonNode posts = asAnyone("/api/v1/accounts/" + idOf(handle) + "/posts").path("items");
    assertThat(posts).hasSize(1);
    assertThat(posts.at("/0/text").asString()).isEqualTo("Good morning, all of you");
  }

  @Test
  void saysAtEachFieldWhatIsWrongWithIt() {
    Person ada = browsers.person("Ada Lovelace");
    visitor.expects("409 POST /api/v1/accounts").opens("/register");
    register("no", "short");
    assertThat(sight.field("Handle"))
        .hasAccessibleDescription(Pattern.compile("3 to 30 letters a–z, digits or _"));
    assertThat(sight.field("Password"))
        .hasAccessibleDescription(Pattern.compile("At least 8 characters.*3 more characters"));
    assertThat(sight.field("Handle")).isFocused();
    register(ada.handle(), "a long password");
    assertThat(sight.field("Handle")).hasAttribute("aria-invalid", "true");
    assertThat(sight.field("Handle"))
        .hasAccessibleDescription(Pattern.compile("This handle is taken: choose another"));
    assertThat(sight.field("Handle")).isFocused();
    visitor.isAccessible();
  }

  @Test
  void isLedBackToWhereTheyWantedToGo() {
    Person ada = browsers.person("Ada Lovelace");
    visitor.expects("401 POST /api/v1/sessions").opens("/settings/mail");
    assertThat(sight.heading("Welcome back")).isVisible();
    signIn(ada.handle(), "not her password");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Handle or password is wrong.");
    assertThat(sight.field("Handle")).hasValue(ada.handle());
    visitor.isAccessible();
    signIn("@" + ada.handle() + " ", ada.password());
    assertThat(page).hasURL(visitor.address("/settings/mail"));
    assertThat(sight.heading("Settings")).isVisible();
    page.reload();
    assertThat(sight.heading("Settings")).isVisible();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "/sign-in?next=/sign-in"
      })
  void isNotLedToAnotherSite(String next) {
    Person ada = browsers.person("Ada Lovelace");
    visitor.opens("/sign-in?next=" + next.replace("\\", "%5C"));
    signIn(ada.handle(), ada.password());
    assertThat(sight.heading("Your feed is waiting for people")).isVisible();
    assertThat(page).hasURL(visitor.address("/"));
  }

  @Test
  void hearsAndShowsNothingOfTheirsAfterSigningOut() {
    Person ada = browsers.person("Ada Lovelace");
    Person author = browsers.person("Charles Babbage");
    ada.follows(author);
    List<WebSocket> lines = new ArrayList<>();
    StringBuilder heard = new StringBuilder();
    page.onWebSocket(line -> {
      lines.add(line);
      line.onFrameReceived(frame -> heard.append(frame.text()));
    });
    visitor.allows("401 GET /api/v1/accounts/me");
    FeedJourneyTest.listening(visitor.as(ada).opens("/"));
    String before = author.posts("Heard while signed in");
    assertThat(sight.text("Heard while signed in")).isVisible();
    assertThat(heard.toString()).contains(before);
    sight.field("New post").fill("A secret that is not finished");
    sight.button("Sign out").click();
    assertThat(sight.heading("What your people write, as they write it")).isVisible();
    assertThat(sight.text("Heard while signed in")).isHidden();
    page.waitForCondition(lines.getFirst()::isClosed);
    FeedJourneyTest.listening(visitor);
    String after = author.posts("Heard by nobody here");
    ada.awaits(after);
    page.reload();
    assertThat(sight.heading("What your people write, as they write it")).isVisible();
    assertThat(heard.toString()).doesNotContain(after);
    page.goBack();
    assertThat(page.locator("body")).not().containsText("Heard while signed in");
  }

  @Test
  void leavesNoDraftToWhoSignsInNext() {
    Person ada = browsers.person("Ada Lovelace");
    Person next = browsers.person("Charles Babbage");
    visitor.allows("401 GET /api/v1/accounts/me").as(ada).opens("/me");
    sight.field("New post").fill("A secret that is not finished");
    sight.button("Sign out").click();
    sight.link("Sign in").first().click();
    signIn(next.handle(), next.password());
    assertThat(sight.field("New post")).hasValue("");
    sight.button("Sign out").click();
    sight.link("Sign in").first().click();
    signIn(ada.handle(), ada.password());
    assertThat(sight.field("New post")).hasValue("A secret that is not finished");
  }

  @Test
  void isSignedOutByAnotherDevice() {
    Person ada = browsers.person("Ada Lovelace");
    visitor.expects("401 GET /api/v1/accounts/me").allows("401 GET /api/v1/notifications");
    FeedJourneyTest.listening(visitor.as(ada).opens("/me"));
    Page second = visitor.newTab();
    second.navigate(visitor.address("/notifications"));
    assertThat(new Sight(second).heading("Notifications")).isVisible();
    String session =
        ada.reads("/api/v1/sessions")
            .path("items")
            .valueStream()
            .filter(it -> it.path("kind").asString("").equals("cookie"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    assertThat(ada.api().delete("/api/v1/sessions/" + session).status()).isEqualTo(204);
    assertThat(sight.link("Sign in").first()).isVisible();
    assertThat(sight.field("New post")).isHidden();
    assertThat(new Sight(second).heading("Welcome back")).isVisible();
    assertThat(second).hasURL(visitor.address("/sign-in?next=%2Fnotifications"));
  }

  @Test
  void endsASessionElsewhere() {
    Person ada = browsers.person("Ada Lovelace");
    Visitor other =
        browsers
            .visitor(ada)
            .expects("401 GET /api/v1/accounts/me")
            .allows("401 GET /api/v1/notifications");
    FeedJourneyTest.listening(other.opens("/"));
    visitor.opens("/sign-in?next=/sessions");
    signIn(ada.handle(), ada.password());
    assertThat(rows()).hasCount(3);
    assertThat(rows().first()).containsText("This one");
    visitor.isAccessible();
    rows()
        .filter(new Locator.FilterOptions().setHasText("In a browser"))
        .getByText("End", new Locator.GetByTextOptions().setExact(true))
        .click();
    assertThat(rows()).hasCount(2);
    assertThat(new Sight(other.page()).link("Sign in").first()).isVisible();
    sight.button("End all others").click();
    sight.dialog().getByText("End all others").last().click();
    assertThat(rows()).hasCount(1);
    assertThat(sight.text("All other sessions have ended")).isVisible();
    assertThat(ada.api().get("/api/v1/accounts/me").status()).isEqualTo(401);
    page.reload();
    assertThat(rows()).hasCount(1);
  }

  @Test
  void hearsInEveryTab() {
    Person ada = browsers.person("Ada Lovelace");
    Person author = browsers.person("Charles Babbage");
    ada.follows(author);
    FeedJourneyTest.listening(visitor.as(ada).opens("/"));
    Page second = visitor.newTab();
    second.navigate(visitor.address("/"));
    assertThat(second.locator("html[data-live='on']")).isAttached();
    author.posts("Heard in both");
    assertThat(sight.text("Heard in both").or(sight.button("1 new post"))).isVisible();
    assertThat(new Sight(second).text("Heard in both")).isVisible();
  }

  private Locator rows() {
    return page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LISTITEM);
  }

  private void register(String handle, String password) {
    sight.field("Handle").fill(handle);
    sight.field("First name").fill("Nadia");
    sight.field("Last name").fill("Rahal");
    sight.field("Password").fill(password);
    sight.button("Register").click();
  }

  private void signIn(String handle, String password) {
    sight.field("Handle").fill(handle);
    sight.field("Password").fill(password);
    sight.button("Sign in").click();
  }

  private String idOf(String handle) {
    return asAnyone("/api/v1/accounts?handle=" + handle).at("/items/0/id").asString();
  }

  private JsonNode asAnyone(String path) {
    return browsers.server().api().get(path).json();
  }
}
