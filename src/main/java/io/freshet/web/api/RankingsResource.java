package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.platform.Json;
import io.freshet.ranking.BestMembers;
import io.freshet.ranking.BestMembers.Member;
import io.freshet.ranking.PopularTags;
import io.freshet.ranking.Rankings;
import io.freshet.web.Bearer;
import io.freshet.web.FeedPages;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The popular tags and the best members. */
public final class RankingsResource implements Resource {
  private final Rankings rankings;
  private final People people;
  private final Sights sights;
  private final FeedPages pages;
  private final Bearer bearer;

  public RankingsResource(
      Rankings rankings, Accounts accounts, Sights sights, FeedPages pages, Bearer bearer) {
    this.rankings = rankings;
    this.people = new People(accounts);
    this.sights = sights;
    this.pages = pages;
    this.bearer = bearer;
  }

  private record Body(Instant computedAt, List<?> items) {}

  private record TagView(String tag, long questions) {}

  private record MemberView(String id, String handle, String name, long score) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/rankings/tags", this::tags),
        Route.get("/api/v1/rankings/members", this::members));
  }

  private void tags(ServerRequest request, ServerResponse response) {
    Optional<AccountId> _ = bearer.callerIfAny(request);
    PopularTags tags = rankings.popularTags();
    List<TagView> views =
        tags.tags().stream().map(tag -> new TagView(tag.name(), tag.questions())).toList();
    pages.send(request, response, Json.bytes(new Body(tags.computedAt(), views)));
  }

  private void members(ServerRequest request, ServerResponse response) {
    Optional<AccountId> viewer = bearer.callerIfAny(request);
    BestMembers best = rankings.bestMembers();
    pages.send(request, response, Json.bytes(new Body(best.computedAt(), shown(best, viewer))));
  }

  /** Those who are still here and whom the viewer sees. */
  private List<MemberView> shown(BestMembers best, Optional<AccountId> viewer) {
    Map<Long, Account> found = people.byIds(best.members().stream().map(Member::account).toList());
    Set<Long> unseen =
        LongStream.of(sights.unseenBy(viewer)).boxed().collect(Collectors.toUnmodifiableSet());
    return best.members().stream()
        .filter(member -> !unseen.contains(member.account()))
        .flatMap(member -> view(member, Optional.ofNullable(found.get(member.account()))))
        .limit(Rankings.SHOWN)
        .toList();
  }

  private static Stream<MemberView> view(Member member, Optional<Account> account) {
    return account.stream()
        .map(person ->
            new MemberView(person.id().toString(), person.handle(), person.name(), member.score()));
  }
}
