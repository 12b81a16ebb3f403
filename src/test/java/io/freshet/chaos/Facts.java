package io.freshet.chaos;

import io.freshet.chaos.Call.Answer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What may have been so at any moment of a history, told from its writes alone. */
final class Facts {
  /**
   * How long after an answer of 5xx or a lost connection the database may still carry out what it
   * had been sent.
   */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Fact, Register> registers = new HashMap<>();
  private final Map<Long, Integer> authors = new HashMap<>();

  static Facts of(Collection<Call> calls) {
    Facts facts = new Facts();
    facts.publish(calls);
    calls.forEach(facts::write);
    return facts;
  }

  /** Who wrote a post; empty if nobody was told that they had. */
  Optional<Integer> author(long post) {
    return Optional.ofNullable(authors.get(post));
  }

  /** Who has shared what, perhaps. */
  Set<Fact.Shares> shares() {
    return registers.keySet().stream()
        .filter(Fact.Shares.class::isInstance)
        .map(Fact.Shares.class::cast)
        .collect(Collectors.toSet());
  }

  Set<Long> posts() {
    return authors.keySet();
  }

  /** What somebody wrote to. */
  Set<Fact> known() {
    return Set.copyOf(registers.keySet());
  }

  /** Whether it may have had this value at some moment of this span. */
  boolean may(Fact fact, Object value, long from, long to) {
    return possible(fact, from, to).contains(value);
  }

  Set<Object> possible(Fact fact, long from, long to) {
    return register(fact).possible(from, to);
  }

  private Register register(Fact fact) {
    return registers.computeIfAbsent(
        fact, unknown -> new Register(unknown instanceof Fact.Text ? "" : false));
  }

  /** A post is made at some moment between the first try and the answer, whichever tells its id. */
  private void publish(Collection<Call> calls) {
    Map<String, List<Call>> tries =
        calls.stream()
            .filter(call -> call.act() instanceof Act.Publish)
            .collect(Collectors.groupingBy(call -> ((Act.Publish) call.act()).key()));
    for (List<Call> same : tries.values()) {
      Optional<Call> told = same.stream().filter(Call::isDone).findFirst();
      if (told.isPresent() && told.get().answer() instanceof Answer.Done(var posts, _)) {
        Act.Publish act = (Act.Publish) told.get().act();
        long post = posts.getFirst().post();
        long start = same.stream().mapToLong(Call::start).min().orElseThrow();
        authors.put(post, act.author());
        register(new Fact.Lives(post)).acknowledged(true, start, told.get().end());
        register(new Fact.Text(post)).acknowledged(act.key(), start, told.get().end());
      }
    }
  }

  /** What an act makes of a fact. */
  private record Change(Fact fact, Object value) {}

  /** Whether a call changes a fact, or would have. */
  static boolean touches(Call call, Fact fact) {
    boolean makes =
        call.act() instanceof Act.Publish
            && call.answer() instanceof Answer.Done(var posts, _)
            && (fact.equals(new Fact.Lives(posts.getFirst().post()))
                || fact.equals(new Fact.Text(posts.getFirst().post())));
    return makes || change(call.act()).filter(it -> it.fact().equals(fact)).isPresent();
  }

  /** Empty for reads, and for publishing: only its answer tells which post it makes. */
  private static Optional<Change> change(Act act) {
    return switch (act) {
      case Act.Edit(_, long post, String text) -> of(new Fact.Text(post), text);
      case Act.Share(int sharer, long post) -> of(new Fact.Shares(sharer, post), true);
      case Act.Unshare(int sharer, long post) -> of(new Fact.Shares(sharer, post), false);
      case Act.Delete(_, long post) -> of(new Fact.Lives(post), false);
      case Act.Like(int viewer, long post) -> of(new Fact.Likes(viewer, post), true);
      case Act.Unlike(int viewer, long post) -> of(new Fact.Likes(viewer, post), false);
      case Act.Comment(_, _, String key) -> of(new Fact.Commented(key), true);
      case Act.Follow(int viewer, int author) -> of(new Fact.Follows(viewer, author), true);
      case Act.Unfollow(int viewer, int author) -> of(new Fact.Follows(viewer, author), false);
      case Act.Mute(int viewer, int author) -> of(new Fact.Mutes(viewer, author), true);
      case Act.Unmute(int viewer, int author) -> of(new Fact.Mutes(viewer, author), false);
      case Act.Restrict(int author, int viewer) -> of(new Fact.Restricts(author, viewer), true);
      case Act.Unrestrict(int author, int viewer) -> of(new Fact.Restricts(author, viewer), false);
      case Act.Publish _, Act.ReadFeed _, Act.ReadAuthor _, Act.ReadPost _ -> Optional.empty();
    };
  }

  private static Optional<Change> of(Fact fact, Object value) {
    return Optional.of(new Change(fact, value));
  }

  private void write(Call call) {
    change(call.act()).ifPresent(change -> write(call, change.fact(), change.value()));
  }

  private void write(Call call, Fact fact, Object value) {
    Register register = register(fact);
    switch (call.answer()) {
      case Answer.Done _ -> register.acknowledged(value, call.start(), call.end());
      case Answer.Refused _ -> {}
      case Answer.Failed _ -> register.unanswered(value, call.start(), call.end() + GRACE_NANOS);
      case Answer.None(boolean timedOut, _) ->
          register.unanswered(
              value, call.start(), timedOut ? Long.MAX_VALUE : call.end() + GRACE_NANOS);
    }
  }
}
