package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.freshet.testkit.SamplePictures;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Somebody who writes: at once on the page, once on the server, and never lost. */
class WritingJourneyTest {
  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person author = browsers.person("Ada Lovelace");
  private final Visitor visitor = browsers.visitor(author);
  private final Page page = visitor.page();

  @Test
  void appearsOnceOnOnesOwnPageAndInTheFeedOfAnother() {
    Person follower = browsers.person("Charles Babbage");
    follower.follows(author);
    Visitor reading = FeedJourneyTest.listening(browsers.visitor(follower).opens("/"));
    visitor.opens("/me");
    composer().fill("Written with #joy for @" + follower.handle());
    composer().press("Control+Enter");
    assertThat(articles()).hasCount(1);
    assertThat(articles().first()).containsText("Written with #joy");
    assertThat(composer()).hasValue("");
    assertThat(articles().getByRole(AriaRole.LINK, link("#joy"))).isVisible();
    assertThat(reading.page().getByText("Written with #joy")).isVisible();
    assertThat(own()).hasSize(1);
    visitor.isAccessible();
  }

  @Test
  void countsCharactersAndKeepsTheDraft() {
    visitor.opens("/me");
    composer().fill("х".repeat(997));
    assertThat(page.locator(".counter")).hasText("3");
    composer().pressSequentially("12345");
    assertThat(page.locator(".counter")).hasText("-2");
    assertThat(button("Post")).isDisabled();
    page.reload();
    assertThat(composer()).hasValue("х".repeat(997) + "12345");
    composer().fill("short");
    assertThat(button("Post")).isEnabled();
  }

  @Test
  void waitsForTheNetworkAndIsSentOnce() {
    visitor.opens("/me");
    FeedJourneyTest.listening(visitor);
    assertThat(composer()).isVisible();
    visitor.unplug();
    assertThat(page.getByText("You are offline")).isVisible();
    composer().fill("Written in a tunnel");
    button("Post").click();
    assertThat(page.getByText("Waits until you are online")).isVisible();
    assertThat(own()).isEmpty();
    visitor.mend();
    assertThat(articles()).hasCount(1);
    assertThat(page.getByText("Waits until you are online")).isHidden();
    assertThat(own()).hasSize(1);
  }

  @Test
  void isSentOnceThoughTheAnswerWasLost() {
    visitor.opens("/me");
    visitor.allows("failed: POST /api/v1/posts");
    // The server has it, and the browser does not hear so.
    page.route(
        "**/api/v1/posts",
        route -> {
          route.fetch();
          route.abort();
          page.unroute("**/api/v1/posts");
        });
    composer().fill("Once is enough");
    button("Post").click();
    assertThat(articles()).hasCount(1);
    assertThat(page.getByText("Once is enough")).hasCount(1);
    assertThat(own()).hasSize(1);
  }

  @Test
  void saysWhyAPostWasRefusedAndLosesNothing() {
    visitor.opens("/me");
    visitor.expects("status: 400 POST /api/v1/posts");
    composer().fill("a\0b");
    button("Post").click();
    assertThat(page.getByText("Not sent:")).isVisible();
    page.reload();
    assertThat(page.getByText("Not sent:")).isVisible();
    button("Discard").click();
    assertThat(page.getByText("Not sent:")).isHidden();
  }

  @Test
  void remindsOfWhatIsToBeSeenInAPicture() {
    visitor.opens("/me");
    page.setInputFiles("input[type=file]", picture("hills.png"));
    Locator alt = page.getByLabel("What is to be seen");
    assertThat(alt).isVisible();
    composer().fill("A picture");
    button("Post").click();
    assertThat(page.getByText("A picture has no description")).isVisible();
    visitor.isAccessible();
    alt.fill("Three hills under a low sun");
    alt.blur();
    button("Post").click();
    assertThat(articles().getByAltText("Three hills under a low sun")).isVisible();
    assertThat(own().getFirst().at("/attachments/0/alt").asString())
        .isEqualTo("Three hills under a low sun");
  }

  @Test
  void takesPicturesThatAreDropped() {
    visitor.opens("/me");
    assertThat(composer()).isVisible();
    page.evaluate(
        """
        text => {
          const bytes = Uint8Array.from(atob(text), it => it.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], 'dropped.png', {type: 'image/png'}));
          document.querySelector('.composer').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }
        """,
        Base64.getEncoder().encodeToString(SamplePictures.png(40, 30)));
    assertThat(page.getByLabel("What is to be seen")).isVisible();
    button("Remove this").click();
    assertThat(page.getByLabel("What is to be seen")).isHidden();
  }

  @Test
  void editsAndDeletesInPlace() {
    String id = author.posts("With a mistkae");
    visitor.opens("/me");
    menu("Edit");
    Locator field = articles().getByLabel("Edit");
    field.fill("Without a mistake");
    field.press("Control+Enter");
    assertThat(articles().getByText("Without a mistake")).isVisible();
    assertThat(articles()).containsText("edited");
    menu("Delete");
    visitor.isAccessible();
    page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, dialogButton("Delete")).click();
    assertThat(articles()).hasCount(0);
    assertThat(author.api().get("/api/v1/posts/" + id).status()).isEqualTo(404);
  }

  @Test
  void likesAtOnceAndTakesItBackWhenItIsRefused() {
    Person other = browsers.person("Charles Babbage");
    String post = other.posts("Do you like it?");
    visitor.opens("/posts/" + post);
    Locator like = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Like,"));
    like.click();
    assertThat(like).hasAttribute("aria-pressed", "true");
    await().until(() -> likes(other, post) == 1);
    visitor.expects("status: 503 DELETE /api/v1/posts/" + post + "/like");
    page.route("**/like", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
    like.click();
    assertThat(page.locator(".toast")).isVisible();
    assertThat(like).hasAttribute("aria-pressed", "true");
    assertThat(like).hasText("1");
  }

  @Test
  void commentsAndSeesCommentsOfOthers() {
    Person other = browsers.person("Charles Babbage");
    String post = author.posts("Comments are welcome");
    visitor.opens("/posts/" + post);
    FeedJourneyTest.listening(visitor);
    assertThat(page.getByText("No comments yet.")).isVisible();
    page.getByLabel("Write a comment").fill("The first is mine");
    button("Send").click();
    assertThat(comments()).hasCount(1);
    other.comments(post, "The second is not");
    assertThat(comments()).hasCount(2);
    assertThat(comments().nth(1)).containsText("The second is not");
    visitor.isAccessible();
  }

  private static int likes(Person who, String post) {
    return who.reads("/api/v1/posts/" + post).at("/counts/likes").asInt();
  }

  private Locator comments() {
    return page.getByRole(AriaRole.MAIN).getByRole(AriaRole.LISTITEM);
  }

  private void menu(String action) {
    articles().first().locator("summary").click();
    articles().first().getByRole(AriaRole.BUTTON, dialogButton(action)).click();
  }

  private List<JsonNode> own() {
    return author.reads("/api/v1/accounts/me/posts").path("items").valueStream().toList();
  }

  private Locator composer() {
    return page.getByLabel("New post");
  }

  private Locator articles() {
    return page.getByRole(AriaRole.ARTICLE);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.GetByRoleOptions link(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions dialogButton(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static FilePayload picture(String name) {
    return new FilePayload(name, "image/png", SamplePictures.png(640, 480));
  }
}
