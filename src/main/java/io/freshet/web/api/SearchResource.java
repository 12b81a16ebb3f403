package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.feed.Sights;
import io.freshet.post.Post;
import io.freshet.post.Posts;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import io.freshet.question.Questions;
import io.freshet.search.Bookmark;
import io.freshet.search.FoundPost;
import io.freshet.search.FoundQuestion;
import io.freshet.search.Hits;
import io.freshet.search.Searches;
import io.freshet.search.Suggestions;
import io.freshet.web.Bearer;
import io.freshet.web.FeedPages;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.api.SearchView.PersonHit;
import io.freshet.web.api.SearchView.PostHit;
import io.freshet.web.api.SearchView.QuestionHit;
import io.freshet.web.api.SearchView.Suggested;
import io.freshet.web.api.SearchView.Suggestion;
import io.freshet.web.api.SearchView.TagHit;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Search, and what is suggested while one types. Whatever was found is looked up once more: what
 * has been deleted meanwhile, or whose author has gone, is left out.
 */
public final class SearchResource implements Resource {
  private static final String PATH = "/api/v1/search";

  private final Searches searches;
  private final Posts posts;
  private final Questions questions;
  private final Sights sights;
  private final FeedPages pages;
  private final People people;
  private final AccountReads reads;
  private final Bearer bearer;

  public SearchResource(
      Searches searches,
      Posts posts,
      Questions questions,
      Sights sights,
      FeedPages pages,
      AccountReads reads,
      Bearer bearer) {
    this.searches = searches;
    this.posts = posts;
    this.questions = questions;
    this.sights = sights;
    this.pages = pages;
    this.people = reads.people();
    this.reads = reads;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get(PATH, this::search), Route.get(PATH + "/suggest", this::suggest));
  }

  /** One page of hits, asked for. */
  private record Asked(
      String text, Optional<AccountId> viewer, Optional<Bookmark> from, int limit) {}

  private void search(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    String text = text(request);
    String kind = Params.query(request, "kind").orElse("questions");
    // The list's name holds what is searched for: the cursor of one search is not another's.
    String list = "search " + kind + " " + text;
    Asked asked =
        new Asked(
            text,
            viewer,
            Params.keys(request, list, Bookmark.KEYS).map(Bookmark::of),
            Params.limit(request));
    Hits<?> hits =
        switch (kind) {
          case "posts" -> posts(asked);
          case "questions" -> questions(asked);
          case "people" -> people(asked);
          case "tags" -> tags(asked);
          default ->
              throw Problem.invalid("kind", "must be posts, questions, people or tags").thrown();
        };
    Replies.page(request, response, list, hits.items(), hits.next().map(Bookmark::keys));
  }

  private Hits<PostHit> posts(Asked asked) {
    long[] unseen = sights.unseenNow(asked.viewer());
    Hits<FoundPost> found = searches.posts(asked.text(), unseen, asked.from(), asked.limit());
    Map<Long, Post> living =
        posts.findAll(found.items().stream().map(hit -> hit.id().value()).toList());
    Map<Long, String> jsons = pages.jsons(List.copyOf(living.values()), asked.viewer());
    List<PostHit> shown =
        found.items().stream()
            .filter(hit -> jsons.containsKey(hit.id().value()))
            .map(hit ->
                new PostHit(Objects.requireNonNull(jsons.get(hit.id().value())), hit.snippet()))
            .toList();
    return new Hits<>(shown, found.next());
  }

  private Hits<QuestionHit> questions(Asked asked) {
    long[] unseen = sights.unseenNow(asked.viewer());
    Hits<FoundQuestion> found =
        searches.questions(asked.text(), unseen, asked.from(), asked.limit());
    Map<Long, Question> living = living(found.items().stream().map(FoundQuestion::id));
    Map<Long, Account> authors =
        people.byId(living.values().stream().map(Question::author).toList());
    List<QuestionHit> shown =
        found.items().stream().flatMap(hit -> shown(hit, living, authors).stream()).toList();
    return new Hits<>(shown, found.next());
  }

  private static Optional<QuestionHit> shown(
      FoundQuestion hit, Map<Long, Question> living, Map<Long, Account> authors) {
    return Optional.ofNullable(living.get(hit.id().value()))
        .flatMap(now ->
            Optional.ofNullable(authors.get(now.author().value()))
                .map(author -> QuestionHit.of(hit, now, author)));
  }

  private Hits<PersonHit> people(Asked asked) {
    Hits<AccountId> found = searches.people(asked.text(), asked.from(), asked.limit());
    return new Hits<>(
        known(found.items()).stream()
            .map(reads.listed(asked.viewer()))
            .map(PersonHit::new)
            .toList(),
        found.next());
  }

  private Hits<TagHit> tags(Asked asked) {
    var found = searches.tags(asked.text(), asked.from(), asked.limit());
    return new Hits<>(found.items().stream().map(TagHit::of).toList(), found.next());
  }

  private void suggest(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    String text = text(request);
    Suggestions found = searches.suggest(text, sights.unseenNow(viewer));
    Map<Long, Question> living = living(found.questions().stream());
    Map<Long, Account> authors =
        people.byId(living.values().stream().map(Question::author).toList());
    List<Suggestion> rows =
        Stream.of(
                known(found.people()).stream().map(Suggestion::of),
                found.tags().stream().map(Suggestion::of),
                found.questions().stream()
                    .flatMap(id -> Optional.ofNullable(living.get(id.value())).stream())
                    .filter(question -> authors.containsKey(question.author().value()))
                    .map(Suggestion::of))
            .flatMap(kind -> kind)
            .toList();
    Replies.json(response, Status.OK_200, new Suggested(rows));
  }

  private static String text(ServerRequest request) {
    return Params.query(request, "q")
        .orElseThrow(() -> Problem.invalid("q", "must say what to look for").thrown());
  }

  /** Those who still exist, in the same order. */
  private List<Account> known(List<AccountId> ids) {
    Map<Long, Account> found = people.byId(ids);
    return ids.stream().map(id -> found.get(id.value())).filter(Objects::nonNull).toList();
  }

  private Map<Long, Question> living(Stream<QuestionId> ids) {
    return questions.findAll(ids.map(QuestionId::value).toList());
  }
}
