package io.freshet.app;

import io.freshet.account.Account;
import io.freshet.account.Accounts;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import io.freshet.ranking.BestMembers;
import io.freshet.ranking.BestMembers.Member;
import io.freshet.ranking.PopularTags;
import io.freshet.ranking.Rankings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator can ask about rankings. */
final class RankingOperations {
  /** Beyond these years there is nothing to rank, nor are there ids. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 2150;

  private final Rankings rankings;
  private final Accounts accounts;
  private final InstantSource clock;

  RankingOperations(Rankings rankings, Accounts accounts, InstantSource clock) {
    this.rankings = rankings;
    this.accounts = accounts;
    this.clock = clock;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "ranking.show", (arguments, progress) -> show(arguments.path("at").asString("")),
        "ranking.refresh", (arguments, progress) -> refresh());
  }

  private ObjectNode show(String at) {
    if (at.isEmpty()) {
      return json(rankings.popularTags(), rankings.bestMembers());
    }
    Instant moment = moment(at);
    return json(rankings.popularTagsAt(moment), rankings.bestMembersAt(moment));
  }

  private ObjectNode refresh() {
    Instant start = clock.instant();
    rankings.refreshTags();
    rankings.refreshMembers();
    long millis = start.until(clock.instant()).toMillis();
    return show("").put("seconds", millis / 1e3);
  }

  private ObjectNode json(PopularTags tags, BestMembers members) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("tagsComputedAt", tags.computedAt().toString());
    ArrayNode popular = json.putArray("tags");
    tags.tags()
        .forEach(
            tag -> popular.addObject().put("tag", tag.name()).put("questions", tag.questions()));
    json.put("membersComputedAt", members.computedAt().toString());
    ArrayNode best = json.putArray("members");
    List<Long> ids = members.members().stream().map(Member::account).toList();
    Map<Long, Account> people = accounts.findAll(ids);
    members.members().stream()
        .filter(member -> people.containsKey(member.account()))
        .limit(Rankings.SHOWN)
        .forEach(member -> {
          Account person = Objects.requireNonNull(people.get(member.account()));
          best.addObject()
              .put("id", person.id().toString())
              .put("handle", person.handle())
              .put("name", person.name())
              .put("score", member.score());
        });
    return json;
  }

  /** A day's first moment, or a moment. */
  private static Instant moment(String text) {
    try {
      Instant moment =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
      int year = moment.atOffset(ZoneOffset.UTC).getYear();
      if (year > FIRST_YEAR && year < LAST_YEAR) {
        return moment;
      }
    } catch (DateTimeParseException e) {
      throw refusal(text, e);
    }
    throw refusal(text, new IllegalArgumentException());
  }

  private static OperatorException refusal(String text, Exception cause) {
    return new OperatorException(
        "--at must be a day or a moment in UTC between "
            + FIRST_YEAR
            + " and "
            + LAST_YEAR
            + ", like 2018-09-01 or 2018-09-01T12:00:00Z, not \""
            + text
            + "\".",
        cause);
  }
}
