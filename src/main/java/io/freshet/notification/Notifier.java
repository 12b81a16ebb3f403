package io.freshet.notification;

import static java.util.Map.entry;

import io.freshet.account.Accounts;
import io.freshet.graph.FollowChanged;
import io.freshet.graph.GraphStore;
import io.freshet.graph.PgReach;
import io.freshet.notification.Notice.What;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Ids;
import io.freshet.platform.Json;
import io.freshet.post.CommentAdded;
import io.freshet.post.CommentDeleted;
import io.freshet.post.Deed;
import io.freshet.post.PeopleConcerned;
import io.freshet.post.PgDeeds;
import io.freshet.post.PgDeeds.Written;
import io.freshet.post.PostDeleted;
import io.freshet.post.PostEdited;
import io.freshet.post.PostLiked;
import io.freshet.post.PostUnliked;
import io.freshet.question.AnswerAccepted;
import io.freshet.question.AnswerAdded;
import io.freshet.question.AnswerDeleted;
import io.freshet.question.PgAnswerDeeds;
import io.freshet.question.PgAnswerDeeds.AnswerDeed;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps the rows of notifications true to what people do, one deed at a time. A handler looks at
 * the deed as it stands now, puts it down or takes it back, and looks again, for it may have
 * changed meanwhile. So events may come twice and in any order. Thread-safe.
 */
public final class Notifier {
  /** What is older is neither told nor kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  /** Rows taken back in one statement: some ten milliseconds of locks. */
  private static final int AT_ONCE = 1_000;

  /** No day: 1970 is before Freshet. */
  private static final long NO_DAY = -1;

  /** In place of the original: it shares nothing. */
  private static final long NO_POST = 0;

  private final PgNotices notices;
  private final PgGroups groups;
  private final PgDeeds deeds;
  private final PgAnswerDeeds answers;
  private final PgReach reach;
  private final GraphStore graph;
  private final Accounts accounts;
  private final InstantSource clock;

  public Notifier(
      Jdbi jdbi, Outbox outbox, GraphStore graph, Accounts accounts, InstantSource clock) {
    this.notices = new PgNotices(jdbi);
    this.groups = new PgGroups(jdbi, outbox);
    this.deeds = new PgDeeds(jdbi);
    this.answers = new PgAnswerDeeds(jdbi);
    this.reach = new PgReach(jdbi, clock);
    this.graph = graph;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * What follows these events: a task in the lane of notifications, found without a look at
   * anything, so that a flood of likes passes the lane of events at once.
   */
  public static Map<String, TaskHandler> followUps() {
    return Map.ofEntries(
        entry(FollowChanged.TOPIC, body -> followed(Json.read(body, FollowChanged.class))),
        entry(PostLiked.TOPIC, body -> liked(Json.read(body, PostLiked.class))),
        entry(PostUnliked.TOPIC, body -> unliked(Json.read(body, PostUnliked.class))),
        entry(CommentAdded.TOPIC, body -> comment(Json.read(body, CommentAdded.class).comment())),
        entry(
            CommentDeleted.TOPIC, body -> comment(Json.read(body, CommentDeleted.class).comment())),
        entry(PeopleConcerned.TOPIC, body -> post(Json.read(body, PeopleConcerned.class).post())),
        entry(PostEdited.TOPIC, body -> post(Json.read(body, PostEdited.class).post())),
        entry(PostDeleted.TOPIC, body -> post(Json.read(body, PostDeleted.class).post())),
        entry(AnswerAdded.TOPIC, body -> answer(Json.read(body, AnswerAdded.class).answer())),
        entry(AnswerDeleted.TOPIC, body -> answer(Json.read(body, AnswerDeleted.class).answer())),
        entry(
            AnswerAccepted.TOPIC, body -> answer(Json.read(body, AnswerAccepted.class).answer())));
  }

  private static List<Task> followed(FollowChanged event) {
    return Notice.about(What.FOLLOW, event.followee(), event.follower());
  }

  private static List<Task> liked(PostLiked event) {
    return Notice.about(What.LIKE, event.post(), event.account());
  }

  private static List<Task> unliked(PostUnliked event) {
    return Notice.about(What.LIKE, event.post(), event.account());
  }

  private static List<Task> comment(long comment) {
    return Notice.about(What.COMMENT, comment, 0);
  }

  private static List<Task> answer(long answer) {
    return Notice.about(What.ANSWER, answer, 0);
  }

  private static List<Task> post(long post) {
    return Notice.about(What.POST, post, 0);
  }

  /** The handler of the tasks that follow, by topic. */
  public Map<String, TaskHandler> handlers() {
    return Map.of(Notice.TOPIC, body -> look(Json.read(body, Notice.class)));
  }

  private List<Task> look(Notice notice) {
    switch (notice.what()) {
      case FOLLOW -> lookAtFollow(notice.id(), notice.account());
      case LIKE ->
          keepTrue(() -> of(Kind.LIKE, notice.id(), notice.account(), deeds::like), this::apply);
      case COMMENT ->
          deeds.comment(notice.id()).ifPresent(it -> lookAtComments(it.post(), it.author()));
      case ANSWER -> answers.written(notice.id()).ifPresent(this::lookAtAnswers);
      case POST -> {
        return lookAtPost(notice);
      }
    }
    return List.of();
  }

  private void lookAtFollow(long followee, long follower) {
    keepTrue(
        () -> reach.following(follower, followee),
        since -> {
          notices.takeBackFollow(followee, follower, since.map(Notifier::day).orElse(NO_DAY));
          since.ifPresent(at ->
              tell(
                  new Told(
                      Kind.FOLLOW,
                      day(at),
                      follower,
                      followee,
                      Map.of(followee, Ids.firstAt(at)))));
        });
  }

  /** What is both a comment and a mention is told as a mention, to who wants those. */
  private void lookAtComments(long post, long account) {
    lookAtMentions(post, account);
    keepTrue(
        () -> {
          Told told = of(Kind.COMMENT, post, account, deeds::comment);
          return told.deeds().equals(mentionsOf(told)) ? told.none() : told;
        },
        this::apply);
  }

  /** Those of the comments told that name the recipient, and are told as that. */
  private Map<Long, Long> mentionsOf(Told told) {
    Map<Long, Long> named = new HashMap<>(deeds.mentions(told.subject(), told.actor()));
    named.keySet().retainAll(told.deeds().keySet());
    groups
        .preferences(named.keySet())
        .forEach((id, wants) ->
            named.computeIfPresent(id, (_, deed) -> wants.wants(Kind.MENTION) ? deed : null));
    return named;
  }

  private void lookAtMentions(long post, long account) {
    long owner = deeds.post(post).map(Written::author).orElse(account);
    keepTrue(
        () -> new Told(Kind.MENTION, post, account, owner, deeds.mentions(post, account)),
        this::apply);
  }

  /** An answer is new or gone, or who asked has accepted it or another. */
  private void lookAtAnswers(AnswerDeed any) {
    long question = any.question();
    keepTrue(() -> of(Kind.ANSWER, question, any.author(), answers::answer), this::apply);
    keepTrue(() -> accepted(any), this::apply);
  }

  /** What the author of a question tells the author of the answer that is accepted now. */
  private Told accepted(AnswerDeed any) {
    Map<Long, Long> deeds =
        answers
            .accepted(any.question())
            .map(answer -> Map.of(answer.author(), answer.id()))
            .orElse(Map.of());
    return new Told(Kind.ACCEPTED, any.question(), any.asker(), any.asker(), deeds);
  }

  /** A post is new, changed or gone. */
  private List<Task> lookAtPost(Notice notice) {
    Optional<Written> found = deeds.post(notice.id());
    if (found.isEmpty()) {
      return List.of();
    }
    Written post = found.get();
    if (post.post() != NO_POST) {
      keepTrue(() -> of(Kind.SHARE, post.post(), post.author(), deeds::share), this::apply);
    } else if (!post.isDeleted()) {
      lookAtMentions(notice.id(), post.author());
    } else if (notices.takeBackAbout(notice.id(), AT_ONCE) == AT_ONCE) {
      return post(notice.id());
    }
    return List.of();
  }

  private interface Look {
    Optional<Deed> at(long post, long account);
  }

  /** What the author of a post is told of a deed. */
  private static Told of(Kind kind, long post, long account, Look look) {
    Optional<Deed> deed = look.at(post, account);
    return new Told(
        kind,
        post,
        account,
        deed.map(Deed::author).orElse(account),
        deed.map(it -> Map.of(it.author(), it.id())).orElse(Map.of()));
  }

  /** Acts on what there is until it is still so afterwards. */
  private static <T> void keepTrue(Supplier<T> look, Consumer<T> act) {
    T seen;
    T now = look.get();
    do {
      seen = now;
      act.accept(seen);
      now = look.get();
    } while (!now.equals(seen));
  }

  /** Mentions and acceptances may concern others than before: the author of a post stays. */
  private void apply(Told told) {
    boolean mayBeOthers = told.kind() == Kind.MENTION || told.kind() == Kind.ACCEPTED;
    if (mayBeOthers || told.deeds().isEmpty()) {
      notices.takeBack(told);
    }
    tell(told.kind() == Kind.ACCEPTED ? told.at(Ids.firstAt(clock.instant())) : told);
  }

  /** Who does not want to hear of it now keeps what they were told before. */
  private void tell(Told told) {
    long since = Ids.firstAt(clock.instant().minus(KEPT));
    long[] people =
        told.deeds().entrySet().stream()
            .filter(deed -> deed.getValue() >= since)
            .mapToLong(Map.Entry::getKey)
            .sorted()
            .toArray();
    long[] reached =
        people.length == 0 ? people : reach.reached(told.actor(), told.owner(), people);
    long[] hearing = reached.length == 0 ? reached : hearing(told, reached);
    if (hearing.length > 0) {
      notices.put(told, hearing);
    }
  }

  /** Those who want to hear of it; nobody does of or as somebody who is no more. */
  private long[] hearing(Told told, long[] people) {
    List<Long> ids = Arrays.stream(people).boxed().toList();
    Map<Long, Preferences> preferences = groups.preferences(ids);
    boolean isAsked = preferences.values().stream().anyMatch(Preferences::onlyFollowed);
    long[] followers = isAsked ? graph.following(told.actor(), people) : new long[0];
    Map<Long, ?> living =
        accounts.findAll(Stream.concat(ids.stream(), Stream.of(told.actor())).toList());
    return Arrays.stream(people)
        .filter(id -> {
          Preferences wants = preferences.getOrDefault(id, Preferences.ALL);
          return living.containsKey(told.actor())
              && living.containsKey(id)
              && wants.wants(told.kind())
              && (!wants.onlyFollowed() || Arrays.binarySearch(followers, id) >= 0);
        })
        .toArray();
  }

  private static long day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
  }
}
