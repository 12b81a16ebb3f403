package io.freshet.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.freshet.web.TestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A question, answered by others while it is looked at. */
class AnswerJourneyTest {
  private static final int PAGE = 30;

  @RegisterExtension private final Browsers browsers = new Browsers();
  private final Person asker = browsers.person("Grace Hopper");
  private final Person author = browsers.person("Ada Lovelace");
  private final String question =
      asker.asks("How does a loom count?", "It weaves, *and* it counts.", "looms");
  private final Visitor visitor = browsers.visitor(asker);
  private final Page page = visitor.page();
  private final Sight sight = new Sight(page);

  @Test
  void theFirstAnswerReplacesTheInvitationForMembersAndStrangers() {
    Visitor stranger = browsers.visitor();
    for (Visitor each : List.of(visitor, stranger)) {
      assertThat(watching(each, "").page().getByText("No answers yet")).isVisible();
      each.page().evaluate("window.kept = true");
    }
    author.answers(question, "By `cards` with holes");
    for (Visitor each : List.of(visitor, stranger)) {
      assertThat(answers(each)).hasCount(1);
      assertThat(answers(each).first().locator("code")).hasText("cards");
      assertThat(each.page().getByText("No answers yet")).isHidden();
      assertThat(new Sight(each.page()).heading("1 answer")).isVisible();
      assertThat(each.page().evaluate("window.kept")).isEqualTo(true);
      each.isAccessible();
    }
    assertThat(new Sight(stranger.page()).link("Sign in to answer")).isVisible();
  }

  @Test
  void putsANewOneInItsPlaceAndSaysSo() {
    List<String> made = acceptedPraisedAndBlamed();
    watching(visitor, "");
    assertThat(answers(visitor)).hasCount(3);
    assertOrder(made);
    author.answers(question, "The new one");
    assertThat(answers(visitor)).hasCount(4);
    assertThat(answers(visitor))
        .containsText(new String[] {"Accepted", "Praised", "The new one", "Blamed"});
    assertThat(page.getByRole(AriaRole.STATUS).getByText("New answer by Ada Lovelace"))
        .isAttached();
    assertThat(page.getByText("on another page")).isHidden();
    page.reload();
    assertThat(answers(visitor))
        .containsText(new String[] {"Accepted", "Praised", "The new one", "Blamed"});
  }

  @Test
  void movesNothingThatIsRead() {
    acceptedPraisedAndBlamed();
    watching(visitor, "");
    Locator read = answers(visitor).nth(2);
    read.getByText("Blamed").scrollIntoViewIfNeeded();
    read.evaluate("it => scrollTo(0, it.getBoundingClientRect().top + scrollY + 60)");
    double before = read.boundingBox().y;
    author.answers(question, "The new one" + "\n\nand more".repeat(20));
    assertThat(answers(visitor)).hasCount(4);
    Locator after = answers(visitor).nth(3);
    assertThat(after).containsText("Blamed");
    assertThat(after.boundingBox().y).isBetween(before - 1, before + 1);
    assertThat(after).isInViewport();
  }

  @Test
  void tellsOfOneOnALaterPageAndLeadsToIt() {
    manyAnswers(PAGE + 1);
    watching(visitor, "");
    assertThat(answers(visitor)).hasCount(PAGE);
    String added = author.answers(question, "The last of them");
    Locator alert = sight.link("There is a new answer on another page");
    assertThat(page.getByRole(AriaRole.STATUS).filter(has(alert))).isVisible();
    assertThat(sight.heading("32 answers")).isVisible();
    assertThat(answers(visitor)).hasCount(PAGE);
    assertThat(page.getByText("The last of them")).isHidden();
    visitor.isAccessible();
    author.answers(question, "Later still");
    assertThat(sight.link("There are 2 new answers on other pages")).isVisible();
    author.api().delete("/api/v1/answers/" + idOf("Later still"));
    alert.click();
    assertThat(page).hasURL(Pattern.compile("\\?page=2#answer-" + added + "$"));
    assertThat(answer(added)).isFocused();
    assertThat(answer(added)).isInViewport();
    assertThat(answer(added)).containsText("The last of them");
    assertThat(alert).isHidden();
    assertThat(answers(visitor)).hasCount(2);
  }

  @Test
  void tellsOfOneOnAnEarlierPageAndLeadsToIt() {
    List<String> made = manyAnswers(PAGE + 1);
    asker.votesOnAnswer(made.get(3), -1);
    asker.votesOnAnswer(made.get(4), -1);
    watching(visitor, "?page=2");
    assertThat(answers(visitor)).hasCount(1);
    String added = author.answers(question, "Better than two of them");
    sight.link("There is a new answer on another page").click();
    assertThat(page).hasURL(Pattern.compile("/questions/\\d+#answer-" + added + "$"));
    assertThat(answer(added)).isFocused();
    assertThat(answer(added)).isInViewport();
    assertThat(answers(visitor)).hasCount(PAGE);
  }

  @Test
  void leadsToAnAnswerOfAnotherPage() {
    String last = manyAnswers(PAGE + 2).getLast();
    visitor.opens("/questions/" + question + "#answer-" + last);
    assertThat(answer(last)).isFocused();
    assertThat(answer(last)).isInViewport();
    assertThat(page).hasURL(Pattern.compile("\\?page=2#answer-" + last + "$"));
    assertThat(answers(visitor)).hasCount(2);
    page.reload();
    assertThat(answer(last)).isVisible();
    assertThat(answers(visitor)).hasCount(2);
  }

  @Test
  void saysThatAnAnswerIsGone() {
    author.answers(question, "The one that stays");
    String removed = author.answers(question, "Soon to be gone");
    done(author.api().delete("/api/v1/answers/" + removed));
    visitor.expects("404 GET /api/v1/answers/" + removed);
    visitor.opens("/questions/" + question + "#answer-" + removed);
    assertThat(page.getByText("That answer is not there any more.")).isVisible();
    assertThat(answers(visitor)).hasCount(1);
  }

  @Test
  void showsOnesOwnOnceThoughItsEventComesFirst() {
    watching(visitor, "");
    Runnable told = sendsAndIsNotToldYet();
    assertThat(answers(visitor)).hasCount(1);
    assertThat(sight.field("Your answer")).hasValue("Mine alone");
    told.run();
    assertThat(sight.field("Your answer")).hasValue("");
    assertThat(answers(visitor)).hasCount(1);
    assertThat(sight.heading("1 answer")).isVisible();
  }

  @Test
  void showsOnesOwnOnceThoughItIsFetchedForItsEvent() {
    watching(visitor, "");
    List<Route> held = new ArrayList<>();
    page.route("**/api/v1/answers/*", held::add);
    Runnable told = sendsAndIsNotToldYet();
    page.waitForCondition(() -> !held.isEmpty());
    assertThat(answers(visitor)).hasCount(0);
    told.run();
    assertThat(answers(visitor)).hasCount(1);
    page.waitForResponse("**/api/v1/answers/*", held.getFirst()::resume);
    page.unroute("**/api/v1/answers/*");
    author.answers(question, "Theirs");
    assertThat(sight.text("Theirs")).isVisible();
    assertThat(answers(visitor)).hasCount(2);
    assertThat(answers(visitor)).containsText(new String[] {"Mine alone", "Theirs"});
    assertThat(sight.heading("2 answers")).isVisible();
  }

  @Test
  void goesWithOnesOwnToThePageWhereItStands() {
    manyAnswers(PAGE + 1);
    watching(visitor, "");
    answersHere("Mine comes last");
    assertThat(page).hasURL(Pattern.compile("\\?page=2#answer-\\d+$"));
    assertThat(answers(visitor)).hasCount(2);
    assertThat(answers(visitor).last()).containsText("Mine comes last");
    assertThat(answers(visitor).last()).isFocused();
    assertThat(page.getByText("on another page")).isHidden();
  }

  @Test
  void changesAndRemovesInPlace() {
    String edited = author.answers(question, "Before the edit");
    String removed = author.answers(question, "Soon to be gone");
    String last = author.answers(question, "The last one");
    watching(visitor, "");
    assertOrder(List.of(edited, removed, last));
    done(author.api().put("/api/v1/answers/" + edited, Map.of("body", "After **the** edit")));
    assertThat(answer(edited).locator("strong")).hasText("the");
    assertThat(answer(edited)).containsText("edited");
    done(author.api().delete("/api/v1/answers/" + removed));
    assertThat(answers(visitor)).hasCount(2);
    assertThat(sight.heading("2 answers")).isVisible();
    assertOrder(List.of(edited, last));
    Map<String, Object> draft =
        Map.of("title", "How does a loom add?", "body", "It *adds*.", "tags", List.of("sums"));
    done(asker.api().put("/api/v1/questions/" + question, draft));
    assertThat(sight.heading("How does a loom add?")).isVisible();
    assertThat(page.locator("article.question em")).hasText("adds");
    assertThat(page.locator("article.question").getByText("sums")).isVisible();
    assertThat(page).hasTitle(Pattern.compile("How does a loom add\\? · Freshet$"));
  }

  @Test
  void showsTheVotesOfOthers() {
    String made = author.answers(question, "Up and down");
    Visitor stranger = watching(browsers.visitor(), "");
    Person third = browsers.person("Charles Babbage");
    assertThat(score(answer(stranger, made))).hasText("0");
    asker.votesOnAnswer(made, 1);
    assertThat(score(answer(stranger, made))).hasText("1");
    third.votesOnAnswer(made, 1);
    assertThat(score(answer(stranger, made))).hasText("2");
    third.votesOnAnswer(made, -1);
    assertThat(score(answer(stranger, made))).hasText("0");
    third.votesOnQuestion(question, 1);
    assertThat(score(stranger.page().locator("article.question"))).hasText("1");
  }

  @Test
  void countsOnesOwnVoteOnceAndTakesItBack() {
    String made = author.answers(question, "Much voted");
    watching(visitor, "");
    Visitor stranger = watching(browsers.visitor(), "");
    Locator up = answer(made).getByLabel("Vote for it");
    up.click();
    assertThat(score(answer(made))).hasText("1");
    assertThat(up).hasAttribute("aria-pressed", "true");
    assertThat(score(answer(stranger, made))).hasText("1");
    browsers.person("Charles Babbage").votesOnAnswer(made, 1);
    assertThat(score(answer(made))).hasText("2");
    assertThat(up).hasAttribute("aria-pressed", "true");
    up.click();
    assertThat(score(answer(made))).hasText("1");
    assertThat(score(answer(stranger, made))).hasText("1");
    page.reload();
    assertThat(score(answer(made))).hasText("1");
    assertThat(up).hasAttribute("aria-pressed", "false");
  }

  @Test
  void movesTheMarkOfTheAcceptedOne() {
    String first = author.answers(question, "The first");
    String second = author.answers(question, "The second");
    Visitor stranger = watching(browsers.visitor(), "");
    watching(visitor, "");
    assertThat(marked(stranger)).hasCount(0);
    answer(second).getByText("Accept").click();
    assertThat(marked(visitor)).containsText(new String[] {"The second"});
    assertThat(marked(stranger)).containsText(new String[] {"The second"});
    asker.accepts(first);
    assertThat(marked(stranger)).containsText(new String[] {"The first"});
    assertThat(marked(visitor)).containsText(new String[] {"The first"});
    answer(first).getByText("Unaccept").click();
    assertThat(marked(stranger)).hasCount(0);
    assertThat(stranger.page().getByText("Accept")).hasCount(0);
  }

  @Test
  void missesNothingWhenTheLineIsCut() {
    String before = author.answers(question, "Before the cut");
    String removed = author.answers(question, "Soon to be gone");
    watching(visitor, "");
    assertThat(answers(visitor)).hasCount(2);
    visitor.cut();
    assertThat(page.getByText("Connecting again…")).isVisible();
    String missed = author.answers(question, "Missed");
    done(author.api().put("/api/v1/answers/" + before, Map.of("body", "After the edit")));
    done(author.api().delete("/api/v1/answers/" + removed));
    asker.votesOnAnswer(missed, 1);
    visitor.mend();
    assertThat(page.getByText("Up to date")).isVisible();
    assertThat(answer(missed)).containsText("Missed");
    assertThat(answer(before)).containsText("After the edit");
    assertThat(answers(visitor)).hasCount(2);
    assertThat(score(answer(missed))).hasText("1");
    assertThat(sight.heading("2 answers")).isVisible();
  }

  @Test
  void saysThatTheQuestionIsGone() {
    author.answers(question, "Gone with it");
    Visitor stranger = watching(browsers.visitor(), "");
    assertThat(answers(stranger)).hasCount(1);
    done(asker.api().delete("/api/v1/questions/" + question));
    Sight seen = new Sight(stranger.page());
    assertThat(seen.heading("There is no such question")).isVisible();
    assertThat(answers(stranger)).hasCount(0);
    stranger.isAccessible();
    seen.link("All questions").click();
    assertThat(stranger.page()).hasURL(stranger.address("/questions"));
  }

  /** Three long answers, in the order in which they stand. */
  private List<String> acceptedPraisedAndBlamed() {
    String blamed = author.answers(question, "Blamed" + "\n\nfor this".repeat(30));
    String praised = author.answers(question, "Praised" + "\n\nfor that".repeat(30));
    String accepted = author.answers(question, "Taken" + "\n\nfor all".repeat(30));
    asker.votesOnAnswer(blamed, -1);
    asker.votesOnAnswer(praised, 1);
    asker.accepts(accepted);
    return List.of(accepted, praised, blamed);
  }

  private List<String> manyAnswers(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> author.answers(question, "Answer number " + number))
        .toList();
  }

  private String idOf(String body) {
    return author
        .reads("/api/v1/questions/" + question + "/answers?page=2")
        .path("items")
        .valueStream()
        .filter(it -> it.at("/body/text").asString("").equals(body))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  /** Looks at the question, and hears of it. */
  private Visitor watching(Visitor who, String query) {
    List<String> heard = new ArrayList<>();
    who.page().onWebSocket(line -> line.onFrameReceived(frame -> heard.add(frame.text())));
    who.opens("/questions/" + question + query);
    who.page().waitForCondition(() -> heard.stream().anyMatch(it -> it.contains("\"subscribe\":")));
    return who;
  }

  /**
   * Answers; the server has it, and the page hears so by its reply when what is returned is run.
   */
  private Runnable sendsAndIsNotToldYet() {
    List<Runnable> told = new ArrayList<>();
    page.route(
        "**/questions/*/answers",
        route -> {
          APIResponse made = route.fetch();
          told.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(made)));
        });
    answersHere("Mine alone");
    page.waitForCondition(() -> !told.isEmpty());
    return () -> {
      told.getFirst().run();
      page.unroute("**/questions/*/answers");
    };
  }

  private void answersHere(String body) {
    sight.field("Your answer").fill(body);
    sight.button("Answer").click();
  }

  private void assertOrder(List<String> ids) {
    assertThat(answers(visitor)).hasCount(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      assertThat(answers(visitor).nth(i)).hasId("answer-" + ids.get(i));
    }
  }

  private Locator answer(String id) {
    return answer(visitor, id);
  }

  private static Locator answer(Visitor who, String id) {
    return who.page().locator("#answer-" + id);
  }

  private static Locator answers(Visitor who) {
    return who.page().locator("article.answer");
  }

  private static Locator marked(Visitor who) {
    return answers(who).filter(has(who.page().locator("p.accepted")));
  }

  private static Locator score(Locator voted) {
    return voted.locator(".votes b");
  }

  private static Locator.FilterOptions has(Locator part) {
    return new Locator.FilterOptions().setHas(part);
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }
}
