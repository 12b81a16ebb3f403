package io.freshet.feed;

import io.freshet.platform.Json;
import io.freshet.platform.Rounds;
import io.freshet.post.CommentAdded;
import io.freshet.post.CommentDeleted;
import io.freshet.post.CommentId;
import io.freshet.post.Comments;
import io.freshet.post.Counts;
import io.freshet.post.CountsChanged;
import io.freshet.post.Interactions;
import io.freshet.post.PostCounts;
import io.freshet.post.PostLiked;
import io.freshet.post.PostUnliked;
import io.freshet.post.ReaderMarks;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.util.List;
import java.util.Map;

/**
 * Works what people do with posts: settles the counters, has every process forget what the event
 * made stale, and tells those who watch the post. Each step looks at what the database says now, so
 * events may be worked twice and in any order.
 *
 * <p>A post's counters are told in {@link Rounds} of {@link #runOnce}. Thread-safe.
 */
public final class PostWorker {
  private static final String COUNTS = "post-counts";

  private final PostCounts counts;
  private final ReaderMarks marks;
  private final Comments comments;
  private final PostEvents events;
  private final Rounds<Long> rounds = new Rounds<>();

  public PostWorker(Interactions interactions, PostEvents events) {
    this.counts = interactions.counts();
    this.marks = interactions.marks();
    this.comments = interactions.comments();
    this.events = events;
  }

  /** The handlers by topic. Counters wait with the notices, that many likes delay no fan-out. */
  public Map<String, TaskHandler> handlers() {
    return Map.of(
        PostLiked.TOPIC,
        body -> done(() -> marks.forget(Json.read(body, PostLiked.class).account())),
        PostUnliked.TOPIC,
        body -> done(() -> marks.forget(Json.read(body, PostUnliked.class).account())),
        CommentAdded.TOPIC,
        body -> done(() -> commentAdded(Json.read(body, CommentAdded.class))),
        CommentDeleted.TOPIC,
        body -> done(() -> commentDeleted(Json.read(body, CommentDeleted.class))),
        CountsChanged.TOPIC,
        body -> List.of(new Task(COUNTS, Lane.NOTICES, body)),
        COUNTS,
        body -> done(() -> countsChanged(Json.read(body, CountsChanged.class))));
  }

  private static List<Task> done(Runnable work) {
    work.run();
    return List.of();
  }

  /** A comment that is gone by now is not told: that it went will be, or has been. */
  void commentAdded(CommentAdded event) {
    if (comments.find(new CommentId(event.comment())).isPresent()) {
      events.commented(event.post(), event.comment());
    }
  }

  void commentDeleted(CommentDeleted event) {
    events.uncommented(event.post(), event.comment());
  }

  void countsChanged(CountsChanged event) {
    Counts settled = counts.settle(event.post());
    if (rounds.isFirst(event.post())) {
      tell(event.post(), settled);
    }
  }

  /** Begins a round: tells the counters that changed again in the one before. */
  public boolean runOnce() {
    List<Long> due = rounds.next();
    try {
      counts.read(due).forEach(this::tell);
    } catch (RuntimeException e) {
      rounds.again(due);
      throw e;
    }
    return false;
  }

  private void tell(long post, Counts now) {
    try {
      events.counted(post, now);
    } catch (RuntimeException e) {
      rounds.untold(post);
      throw e;
    }
  }
}
