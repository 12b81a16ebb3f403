package io.freshet.app;

import io.freshet.account.AccountId;
import io.freshet.account.AccountRemoved;
import io.freshet.graph.PgEdgeErasure;
import io.freshet.live.ChannelName;
import io.freshet.platform.Json;
import io.freshet.post.Interactions;
import io.freshet.post.PgPostErasure;
import io.freshet.post.PgPostErasure.Written;
import io.freshet.post.PostException;
import io.freshet.question.PgQuestionErasure;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * Erases what a removed account left, in steps of a bounded size: each looks at what the database
 * still holds, so it may be repeated, and a worker that dies leaves the rest to the next. The next
 * step is queued when one is done. In the end the account's row goes, which foreign keys allow only
 * when nothing was overlooked; until then the task fails and is parked in the end, for people to
 * see. Thread-safe.
 */
final class Erasure {
  /** Rows of a step, or calls of one: some 100 ms. */
  private static final int BATCH = 200;

  /** A part of what there is of an account. */
  interface Step {
    /** Erases some of it; true if there may be more. */
    boolean eraseOf(AccountId account, int limit);
  }

  private final Core core;
  private final PgEdgeErasure edges;
  private final PgQuestionErasure asked;
  private final PgPostErasure written;
  private final Consumer<String> forgetHistory;
  private final List<Step> steps;

  /**
   * @param forgetHistory has the live server forget what was told on a channel
   */
  Erasure(Core core, Consumer<String> forgetHistory) {
    this.core = core;
    this.edges = new PgEdgeErasure(core.jdbi, core.outbox);
    this.asked = new PgQuestionErasure(core.jdbi, core.asked.scores());
    this.written = new PgPostErasure(core.jdbi, core.outbox);
    this.forgetHistory = forgetHistory;
    this.steps =
        List.of(
            core.sessions::eraseOf,
            this::followers,
            this::followees,
            edges::eraseOf,
            core.asked.questions()::eraseOf,
            core.asked.answers()::eraseOf,
            core.asked.votes()::eraseOf,
            this::posts,
            this::media,
            this::deeds,
            this::counted,
            written::eraseOf,
            this.asked::eraseOf,
            this::rows,
            this::mentions,
            core.notifications::eraseOf,
            this::mail,
            core.dialogs::eraseOf,
            this::reader);
  }

  /** The handler of {@link AccountRemoved}. */
  List<Task> work(byte[] body) {
    AccountRemoved event = Json.read(body, AccountRemoved.class);
    AccountId account = new AccountId(event.account());
    core.accounts.forgetRemoved(account);
    if (!core.accounts.isRemoved(account)) {
      return List.of();
    }
    for (Step step : steps) {
      if (step.eraseOf(account, BATCH)) {
        return List.of(Task.of(AccountRemoved.TOPIC, Lane.BATCHES, event));
      }
    }
    if (!core.accounts.eraseRow(account)) {
      throw new IllegalStateException("something still refers to the removed account " + account);
    }
    return List.of();
  }

  /**
   * First the posts leave the followers' stored feeds, then the edges go; and what a fan-out that
   * was under way put there meanwhile leaves them too.
   */
  private boolean followers(AccountId account, int limit) {
    edges.ceaseToPull(account);
    long[] followers = edges.followers(account, limit);
    if (followers.length > 0) {
      leaveFeeds(account, followers);
      edges.removeFollowers(account, followers);
      leaveFeeds(account, followers);
    }
    return followers.length > 0;
  }

  private void leaveFeeds(AccountId account, long[] followers) {
    long[] posts = core.postStore.ever(account.value());
    if (posts.length > 0) {
      for (long follower : followers) {
        core.feedStore.removeAll(follower, posts);
      }
    }
  }

  private boolean followees(AccountId account, int limit) {
    long[] followees = edges.followees(account, limit);
    if (followees.length > 0) {
      edges.removeFollowees(account, followees);
    }
    return followees.length > 0;
  }

  /** By the same door as when their author deletes them: everybody hears of it who has to. */
  private boolean posts(AccountId account, int limit) {
    List<Written> living = written.living(account, limit);
    for (Written each : living) {
      try {
        core.posts.delete(each.author(), each.post());
      } catch (PostException goneMeanwhile) {
        // That is what we want.
      }
    }
    return !living.isEmpty();
  }

  /** After the posts that had them; the files go with the rows. */
  private boolean media(AccountId account, int limit) {
    return core.media.sweep().eraseOf(account.value(), limit);
  }

  private boolean deeds(AccountId account, int limit) {
    Interactions done = core.interactions;
    return done.likes().eraseOf(account, limit) + done.comments().eraseOf(account, limit) > 0;
  }

  private boolean counted(AccountId account, int limit) {
    long[] posts = written.unsettled(account, limit);
    for (long post : posts) {
      core.interactions.counts().settle(post);
    }
    return posts.length > 0;
  }

  private boolean rows(AccountId account, int limit) {
    long[] posts = written.erasePosts(account, limit);
    for (long post : posts) {
      core.posts.forget(post);
      core.interactions.counts().forget(post);
      forgetHistory.accept(ChannelName.post(post));
    }
    core.authorFeeds.forget(account.value());
    return posts.length > 0;
  }

  private boolean mentions(AccountId account, int limit) {
    long[] posts = written.eraseMentions(account, limit);
    for (long post : posts) {
      core.posts.forget(post);
    }
    return posts.length > 0;
  }

  private boolean mail(AccountId account, int limit) {
    return core.mail.mails().eraseOf(account.value(), limit);
  }

  /** What there is of the account as a reader. */
  private boolean reader(AccountId account, int limit) {
    core.feedStore.drop(account.value());
    core.feedReaders.eraseOf(account.value());
    core.viewers.forget(account.value());
    core.interactions.marks().forget(account.value());
    forgetHistory.accept(ChannelName.personal(account.value()));
    forgetHistory.accept(ChannelName.author(account.value()));
    return false;
  }
}
