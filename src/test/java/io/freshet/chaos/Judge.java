package io.freshet.chaos;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Holds each answer of a history against the guarantees. */
final class Judge {
  /**
   * A promise that was broken.
   *
   * @param facts what it is about, so that a report can tell who touched them
   */
  record Violation(String what, Call call, Set<Fact> facts) {}

  private final People people;
  private final Facts facts;
  private final List<Violation> violations = new ArrayList<>();

  private Judge(People people, List<Call> calls) {
    this.people = people;
    this.facts = Facts.of(calls);
  }

  static List<Violation> judge(People people, List<Call> calls) {
    Judge judge = new Judge(people, calls);
    calls.forEach(judge::call);
    return judge.violations;
  }

  private void call(Call call) {
    switch (call.answer()) {
      case Answer.Done(var posts, _) -> done(call, posts);
      case Answer.Failed(int status, boolean retryAfter, String body) -> {
        if (status != 503 || !retryAfter) {
          violate(call, "G9: a fault is answered by 503 with Retry-After, not so: " + body);
        }
      }
      case Answer.Refused(int status, String body) -> {
        if (status != 404) {
          violate(call, "refused with " + status + ", for no reason: " + body);
        }
      }
      case Answer.None _ -> {}
    }
  }

  private void done(Call call, List<Shown> posts) {
    switch (call.act()) {
      case Act.ReadFeed(int viewer, _, _, long below) -> {
        shape(call, posts);
        once(call, posts);
        if (!posts.isEmpty() && posts.getFirst().post() >= below) {
          violate(call, "G4: the page goes on from " + below + " and shows what is not below it");
        }
        posts.forEach(post -> visible(call, viewer, post, true));
      }
      case Act.ReadAuthor(int viewer, int author) -> {
        shape(call, posts);
        posts.forEach(post -> visible(call, viewer, post, false));
        if (viewer == author) {
          ownView(call, author, posts);
        }
      }
      case Act.ReadPost(int viewer, _) -> posts.forEach(post -> visible(call, viewer, post, false));
      default -> {}
    }
  }

  /** G4, of one page. */
  private void shape(Call call, List<Shown> posts) {
    for (int i = 1; i < posts.size(); i++) {
      if (posts.get(i).post() >= posts.get(i - 1).post()) {
        violate(call, "G4: " + posts.get(i).post() + " is shown below " + posts.get(i - 1).post());
      }
    }
  }

  /**
   * An author's own page may show a post and, above it, the author's share of it; a feed may not.
   */
  private void once(Call call, List<Shown> posts) {
    boolean isOnce = posts.stream().map(Shown::content).distinct().count() == posts.size();
    if (!isOnce && posts.stream().anyMatch(Shown::isShare)) {
      violate(call, "G4: the page shows a post twice, once by way of a share");
    }
  }

  /** G3: at some moment since the read began, all that makes the post visible was so. */
  private void visible(Call call, int viewer, Shown shown, boolean inFeed) {
    if (shown.isShare()) {
      visibleShare(call, viewer, shown, inFeed);
      return;
    }
    Optional<Integer> author = facts.author(shown.post());
    if (author.isEmpty() || people.id(author.get()) != shown.author()) {
      violate(call, "shows a post that nobody made, or by somebody else: " + shown);
      return;
    }
    must(call, shown, new Fact.Lives(shown.post()), true);
    must(call, shown, new Fact.Text(shown.post()), shown.text());
    shown
        .liked()
        .ifPresent(liked -> must(call, shown, new Fact.Likes(viewer, shown.content()), liked));
    if (viewer != author.get()) {
      must(call, shown, new Fact.Restricts(author.get(), viewer), false);
    }
    if (inFeed) {
      must(call, shown, new Fact.Follows(viewer, author.get()), true);
      must(call, shown, new Fact.Mutes(viewer, author.get()), false);
    }
  }

  private void visibleShare(Call call, int viewer, Shown shown, boolean inFeed) {
    Optional<Integer> author = facts.author(shown.original());
    OptionalInt sharer = people.number(shown.author());
    if (author.isEmpty() || people.id(author.get()) != shown.originalAuthor() || sharer.isEmpty()) {
      violate(call, "shows a share of what nobody made, or by nobody: " + shown);
      return;
    }
    must(call, shown, new Fact.Shares(sharer.getAsInt(), shown.original()), true);
    must(call, shown, new Fact.Lives(shown.original()), true);
    must(call, shown, new Fact.Text(shown.original()), shown.text());
    for (int hidden : new int[] {sharer.getAsInt(), author.get()}) {
      if (viewer != hidden) {
        must(call, shown, new Fact.Restricts(hidden, viewer), false);
      }
      if (inFeed) {
        must(call, shown, new Fact.Mutes(viewer, hidden), false);
      }
    }
    if (inFeed) {
      must(call, shown, new Fact.Follows(viewer, sharer.getAsInt()), true);
      if (viewer != author.get()) {
        must(call, shown, new Fact.Follows(viewer, author.get()), false);
      }
    }
  }

  private void must(Call call, Shown shown, Fact fact, Object value) {
    if (!facts.may(fact, value, call.start(), call.end())) {
      violations.add(
          new Violation(
              "G3: the page shows post %d (\"%s\"), but %s cannot have been %s then, only %s"
                  .formatted(
                      shown.post(),
                      shown.text(),
                      fact,
                      value,
                      facts.possible(fact, call.start(), call.end())),
              call,
              Set.of(fact)));
    }
  }

  /** G5: the author sees what was acknowledged before. */
  private void ownView(Call call, int author, List<Shown> posts) {
    boolean more = call.answer() instanceof Answer.Done(_, boolean next) && next;
    Set<Long> seen = new HashSet<>(posts.stream().map(Shown::post).toList());
    long end = more ? posts.getLast().post() : 0;
    for (long post : new TreeSet<>(facts.posts())) {
      boolean certain =
          facts.author(post).orElseThrow() == author
              && post > end
              && !facts.may(new Fact.Lives(post), false, call.start(), call.end());
      if (certain && !seen.contains(post)) {
        violations.add(
            new Violation(
                "G5: the author's own page lacks post " + post,
                call,
                Set.of(new Fact.Lives(post))));
      }
    }
  }

  private void violate(Call call, String what) {
    violations.add(new Violation(what, call, Set.of()));
  }
}
