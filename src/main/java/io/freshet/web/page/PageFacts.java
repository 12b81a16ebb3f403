package io.freshet.web.page;

import io.freshet.account.AccountId;
import io.freshet.feed.Feeds;
import io.freshet.notification.Notifications;
import io.freshet.platform.Json;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.question.Answers;
import io.freshet.question.QuestionId;
import io.freshet.question.SafeHtml;
import io.freshet.web.FeedPages;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.WebException;
import io.freshet.web.api.AccountReads;
import io.freshet.web.api.AccountView;
import io.freshet.web.api.QuestionReads;
import io.freshet.web.api.QuestionView;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page is told with its shell, read by the ways of the API: nobody gets to see more here.
 * What is not there, or not for this viewer, is a problem. Thread-safe.
 */
public final class PageFacts {
  /** All that a handle can be; nothing else is worth a look, or fit for one. */
  private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_]{3,30}");

  private static final HeaderName SEC_FETCH_DEST = HeaderNames.create("Sec-Fetch-Dest");

  private final AccountReads accounts;
  private final Notifications notifications;
  private final QuestionReads questions;
  private final Feeds feeds;
  private final FeedPages pages;

  public PageFacts(
      AccountReads accounts,
      Notifications notifications,
      QuestionReads questions,
      Feeds feeds,
      FeedPages pages) {
    this.accounts = accounts;
    this.notifications = notifications;
    this.questions = questions;
    this.feeds = feeds;
    this.pages = pages;
  }

  /** Adds who is signed in, and how much they have not read. */
  void add(AccountId caller, ObjectNode facts) {
    accounts
        .own(caller)
        .ifPresent(account -> {
          facts.set("me", Json.MAPPER.valueToTree(account));
          facts.put("unread", notifications.unread(caller).size());
        });
  }

  /**
   * @param list what of the person's, as the end of the path
   */
  Sheet person(ServerRequest request, String list) {
    AccountView account =
        Optional.of(request.path().pathParameters().get("handle"))
            .filter(handle -> HANDLE.matcher(handle).matches())
            .flatMap(accounts::seen)
            .orElseThrow(PageFacts::notFound);
    String name = (account.firstName() + " " + account.lastName()).strip();
    Card card = Card.person(name, account.handle(), list, account.biography());
    return Sheet.of(card, Json.MAPPER.createObjectNode());
  }

  Sheet question(ServerRequest request, Optional<AccountId> viewer) {
    QuestionId id = new QuestionId(Params.pathId(request, "id"));
    OptionalInt page = Params.page(request, Answers.MOST_PAGES);
    QuestionView question = questions.question(viewer, id, isLook(request));
    ObjectNode facts = Json.MAPPER.createObjectNode();
    facts.set("question", Json.MAPPER.valueToTree(question));
    facts.set("answers", Json.MAPPER.valueToTree(questions.answers(viewer, id, page.orElse(1))));
    String html = question.body().map(QuestionView.Text::html).orElse("");
    String path = "/questions/" + id + (page.orElse(1) > 1 ? "?page=" + page.getAsInt() : "");
    return Sheet.of(Card.question(question.title(), path, html, SafeHtml.words(html)), facts);
  }

  /** Browsers say so when a person goes to an address; previews and robots do not. */
  private static boolean isLook(ServerRequest request) {
    return request.prologue().method().equals(Method.GET)
        && request.headers().first(SEC_FETCH_DEST).filter("document"::equals).isPresent();
  }

  /** A question is shown as one. */
  Sheet post(ServerRequest request, Optional<AccountId> viewer) {
    PostId id = new PostId(Params.pathId(request, "id"));
    Post post = feeds.post(viewer, id).orElseThrow(PageFacts::notFound);
    if (post.isQuestion()) {
      return Sheet.moved("/questions/" + id);
    }
    JsonNode json = Json.MAPPER.readTree(pages.json(post, viewer).orElseThrow(PageFacts::notFound));
    ObjectNode facts = Json.MAPPER.createObjectNode();
    facts.set("post", json);
    JsonNode shown = json.path("original").isObject() ? json.path("original") : json;
    Card card =
        Card.post(
            shown.at("/author/name").asString(""),
            "/posts/" + id,
            shown.path("text").asString(""),
            picture(shown.path("attachments")));
    return Sheet.of(card, facts);
  }

  /** The first picture; a video has none unless it has thumbnails. */
  private static Optional<String> picture(JsonNode attachments) {
    for (JsonNode medium : attachments) {
      JsonNode url =
          medium.path("kind").asString("").equals("image")
              ? medium.path("url")
              : medium.at("/thumbnails/0/url");
      if (url.isString()) {
        return Optional.of(url.asString());
      }
    }
    return Optional.empty();
  }

  private static WebException notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "There is nothing here").thrown();
  }
}
