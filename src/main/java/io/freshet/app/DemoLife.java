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

  /** Deeds of a new town, made in a second or two. */
  private static final int FIRST_DEEDS = 300;

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

  /** Newest posts of them and the guide, but for questions; shares of others' are among them. */
  private static final String POSTS =
      """
      SELECT newest.id
      FROM (SELECT unnest(?) AS id UNION SELECT id FROM account WHERE handle = ?) AS author, LATERAL (
        SELECT id FROM post WHERE author_id = author.id AND deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM question WHERE question.id = post.id) ORDER BY id DESC LIMIT 3) AS newest
      ORDER BY newest.id DESC LIMIT 30
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
      "SELECT id FROM question WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?";

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
   * @param owed deeds to be done whether somebody looks or not
   */
  DemoLife(Core core, String guide, BooleanSupplier isSeen, int owed) {
    long seed = core.clock.millis();
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
    int owed = isNew ? FIRST_DEEDS : 0;
    app.runAlso("demo-life", REST, new DemoLife(app.core(), guide, app::isLookedAt, owed)::runOnce);
  }

  /** Somebody does something. True while there is more to do at once. */
  boolean runOnce() {
    if (owed > 0) {
      owed--;
      act();
      return true;
    }
    if (isSeen.getAsBoolean()) {
      act();
    }
    return false;
  }

  private void act() {
    List<Long> people = numbers(PEOPLE, guide);
    if (people.isEmpty()) {
      return;
    }
    AccountId somebody = new AccountId(one(people));
    int drawn = random.nextInt(100);
    if (drawn < 35) {
      core.posts.publish(somebody, one(texts), Optional.empty());
    } else if (drawn < 90) {
      post(people).ifPresent(post -> react(somebody, post, drawn));
    } else {
      List<Long> questions = numbers(QUESTIONS, 5);
      if (!questions.isEmpty()) {
        String body = words.body(random.nextInt(MANY), true);
        core.asked.answers().add(somebody, new QuestionId(one(questions)), body, Optional.empty());
      }
    }
  }

  private void react(AccountId somebody, Post post, int drawn) {
    PostId original = post.original().orElse(post.id());
    if (drawn < 70) {
      core.interactions.likes().put(somebody, original);
    } else if (drawn < 85) {
      core.interactions.comments().add(somebody, original, one(REMARKS), Optional.empty());
    } else {
      core.shares.share(somebody, post);
    }
  }

  /** One of the newest posts of these people, or of the guide. */
  private Optional<Post> post(List<Long> people) {
    List<Long> posts = numbers(POSTS, people.toArray(new Long[0]), guide);
    return posts.isEmpty() ? Optional.empty() : core.posts.find(new PostId(one(posts)));
  }

  private List<Long> numbers(String query, Object... arguments) {
    return core.jdbi.withHandle(handle -> handle.select(query, arguments).mapTo(Long.class).list());
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
