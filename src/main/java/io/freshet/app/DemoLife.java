package io.freshet.app;

import io.freshet.account.AccountId;
import io.freshet.app.bulk.PostTexts;
import io.freshet.app.bulk.QuestionWords;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.question.QuestionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Lets the demo's town live: those who follow its guide and are followed back post, like, comment,
 * share and answer, the way everybody does. A new town has had some life already; after that one of
 * them does something every few seconds, for as long as somebody has its page open.
 */
public final class DemoLife {
  private static final Duration REST = Duration.ofSeconds(8);

  /** Likes and comments of a new town, made in a second or two. */
  private static final int FIRST_REACTIONS = 300;

  // Of a hundred deeds, those below the first are posts, then likes, comments, shares; then
  // answers.
  private static final int POSTS_END = 35;
  private static final int LIKES_END = 70;
  private static final int COMMENTS_END = 85;
  private static final int SHARES_END = 90;

  /** Different answers. */
  private static final int MANY = 1_000_000;

  private static final List<String> REMARKS =
      List.of(
          "Well said.",
          "Same here!",
          "Tell us more?",
          "I had no idea.",
          "That made my day.",
          "Are you sure about this?",
          "Count me in.",
          "We should talk about it over tea.",
          "Looking forward to the next one.",
          "So true.");

  /** Newest posts of the guide, and of whom the guide follows, but for questions. */
  private static final String NEWEST_POSTS =
      """
      SELECT newest.id FROM account AS guide, LATERAL (
        SELECT guide.id UNION ALL SELECT followee_id FROM follow WHERE follower_id = guide.id AND ?) AS author (id), LATERAL (
        SELECT id FROM post WHERE author_id = author.id AND deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM question WHERE question.id = post.id) ORDER BY id DESC LIMIT 3) AS newest
      WHERE guide.handle = ? ORDER BY newest.id DESC LIMIT 30
      """;

  private static final String PEOPLE =
      """
      SELECT there.followee_id FROM account
      JOIN follow there ON there.follower_id = account.id
      JOIN follow back ON back.follower_id = there.followee_id AND back.followee_id = account.id
      WHERE account.handle = ? AND NOT EXISTS (SELECT FROM restriction
        WHERE author_id = account.id AND viewer_id = there.followee_id)
      ORDER BY there.followee_id
      """;

  private static final String QUESTIONS =
      "SELECT id FROM question WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 5";

  private final Core core;
  private final String guide;
  private final BooleanSupplier isSeen;
  private final Random random;
  private final List<String> texts;
  private final QuestionWords words;
  private int owed;

  /**
   * A life that nobody lives yet.
   *
   * @param owed likes and comments that are due, whether somebody looks or not
   * @param seed of what they do and say
   */
  DemoLife(Core core, String guide, BooleanSupplier isSeen, int owed, long seed) {
    this.core = core;
    this.guide = guide;
    this.isSeen = isSeen;
    this.random = new Random(seed);
    this.texts = PostTexts.madeUp(seed);
    this.words = new QuestionWords(seed, texts.size());
    this.owed = owed;
  }

  /**
   * Until the app closes.
   *
   * @param guide handle of the one whom they know
   * @param isNew whether nobody has done anything here so far
   */
  public static void begin(App app, String guide, boolean isNew) {
    Core core = app.core();
    int owed = isNew ? FIRST_REACTIONS : 0;
    DemoLife life = new DemoLife(core, guide, app::isLookedAt, owed, core.clock.millis());
    app.runAlso("demo-life", REST, life::runOnce);
  }

  /** Somebody does something. True while there is more to do at once. */
  boolean runOnce() {
    if (owed > 0) {
      owed--;
      act(random.nextInt(POSTS_END, COMMENTS_END));
      return true;
    }
    if (isSeen.getAsBoolean()) {
      act(random.nextInt(100));
    }
    return false;
  }

  private void act(int deed) {
    List<Long> people = numbers(PEOPLE, guide);
    if (people.isEmpty()) {
      return;
    }
    AccountId somebody = new AccountId(one(people));
    if (deed < POSTS_END) {
      core.posts.publish(somebody, one(texts), Optional.empty());
    } else if (deed < SHARES_END) {
      post(somebody).ifPresent(post -> react(somebody, post, deed));
    } else {
      List<Long> questions = numbers(QUESTIONS);
      if (!questions.isEmpty()) {
        String body = words.body(random.nextInt(MANY), true);
        core.asked.answers().add(somebody, new QuestionId(one(questions)), body, Optional.empty());
      }
    }
  }

  private void react(AccountId somebody, Post post, int deed) {
    if (deed < LIKES_END) {
      core.interactions.likes().put(somebody, post.id());
    } else if (deed < COMMENTS_END) {
      core.interactions.comments().add(somebody, post.id(), one(REMARKS), Optional.empty());
    } else {
      core.shares.share(somebody, post);
    }
  }

  /**
   * One of the newest posts of those whom the guide follows, or, one time in four, of the guide; if
   * it is not somebody's own, and they may do something to it.
   */
  private Optional<Post> post(AccountId somebody) {
    List<Long> posts = numbers(NEWEST_POSTS, random.nextInt(4) > 0, guide);
    return posts.isEmpty()
        ? Optional.empty()
        : core.sights
            .subjectOf(somebody, new PostId(one(posts)))
            .filter(post -> !post.author().equals(somebody));
  }

  private List<Long> numbers(String query, Object... arguments) {
    return core.jdbi.withHandle(handle -> handle.select(query, arguments).mapTo(Long.class).list());
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
