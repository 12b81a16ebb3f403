package io.freshet.fanout;

import io.freshet.fanout.FanoutBatch.Kind;
import io.freshet.feed.FeedEvents;
import io.freshet.feed.FeedStore;
import io.freshet.graph.Celebrities;
import io.freshet.graph.FollowChanged;
import io.freshet.graph.FollowCounts;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Pull;
import io.freshet.graph.PullChanged;
import io.freshet.graph.SightChanged;
import io.freshet.graph.Viewers;
import io.freshet.platform.Json;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.Post;
import io.freshet.post.PostDeleted;
import io.freshet.post.PostEdited;
import io.freshet.post.PostPublished;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the stored feeds true to posts and edges, one event at a time.
 *
 * <p>Every handler works alike: first it has every process forget what the event made stale, then
 * it changes stored feeds by what the database says now, then it looks again and makes good what
 * has changed meanwhile. So events may be handled twice, in any order, and by a second worker after
 * the first was killed half-way. Thread-safe.
 */
public final class Fanout {
  private final GraphStore graph;
  private final Viewers viewers;
  private final Celebrities celebrities;
  private final Posts posts;
  private final AuthorFeeds authorFeeds;
  private final AuthorEntries entries;
  private final PostStore postStore;
  private final FeedStore feeds;
  private final FeedEvents events;
  private final Batches batches;
  private final ShareWork shareWork;

  public Fanout(FanoutParts parts, FanoutConfig config) {
    this(parts, config, (lane, post) -> {});
  }

  public Fanout(FanoutParts parts, FanoutConfig config, BatchListener listener) {
    this.graph = parts.graph();
    this.viewers = parts.viewers();
    this.celebrities = parts.celebrities();
    this.posts = parts.posts();
    this.authorFeeds = parts.authorFeeds();
    this.postStore = parts.postStore();
    this.feeds = parts.feeds();
    this.events = parts.events();
    this.entries =
        new AuthorEntries(
            parts.feeds(), parts.authorFeeds(), parts.postStore(), parts.invalidations());
    this.batches = new Batches(parts, entries, config, listener);
    this.shareWork = new ShareWork(parts, batches);
  }

  /** The handlers by topic. */
  public Map<String, TaskHandler> handlers() {
    return Map.of(
        PostPublished.TOPIC, body -> published(Json.read(body, PostPublished.class)),
        PostDeleted.TOPIC, body -> deleted(Json.read(body, PostDeleted.class)),
        PullChanged.TOPIC, body -> pullChanged(Json.read(body, PullChanged.class)),
        FollowChanged.TOPIC, body -> followChanged(Json.read(body, FollowChanged.class)),
        PostEdited.TOPIC, body -> edited(Json.read(body, PostEdited.class)),
        SightChanged.TOPIC, body -> sightChanged(Json.read(body, SightChanged.class)),
        ShareBatch.TOPIC, body -> shareWork.work(Json.read(body, ShareBatch.class)),
        FanoutBatch.TOPIC, body -> batches.work(Json.read(body, FanoutBatch.class)));
  }

  /**
   * A celebrity's share is not in the feed of each who follows the celebrity, so unlike a post it
   * is told to each alone.
   */
  private List<Task> published(PostPublished event) {
    authorFeeds.forget(event.author());
    boolean isShare = shareWork.forget(event.post(), event.author());
    if (celebrities.refresh(event.author()).pull() != Pull.YES) {
      return batches.first(Kind.INSERT, event.post(), event.author(), 0);
    }
    if (isShare) {
      return batches.first(Kind.ANNOUNCE, event.post(), event.author(), 0);
    }
    events.insertedByCelebrity(event.post(), event.author());
    return List.of();
  }

  private List<Task> deleted(PostDeleted event) {
    posts.forget(event.post());
    authorFeeds.forget(event.author());
    List<Task> following = new ArrayList<>();
    if (!shareWork.forget(event.post(), event.author())) {
      following.addAll(shareWork.deleteSharesOf(event.post()));
    }
    events.removedInPlace(event.post(), event.author());
    following.addAll(batches.first(Kind.REMOVE, event.post(), event.author(), 0));
    return following;
  }

  /** The writer may have died before anybody else was told. */
  private List<Task> edited(PostEdited event) {
    posts.forget(event.post());
    Optional<Post> post =
        Optional.ofNullable(postStore.find(List.of(event.post())).get(event.post()));
    if (post.isEmpty()) {
      return List.of();
    }
    long author = post.get().author().value();
    events.updatedInPlace(post.get());
    List<Task> following = new ArrayList<>(shareWork.updateSharesOf(event.post()));
    following.addAll(shareWork.updated(event.post(), author));
    return following;
  }

  private List<Task> sightChanged(SightChanged event) {
    viewers.forget(event.viewer());
    events.reset(new long[] {event.viewer()});
    return List.of();
  }

  private List<Task> pullChanged(PullChanged event) {
    FollowCounts counts = celebrities.spread(event.author());
    if (counts.flips() != event.flips()) {
      return List.of();
    }
    return switch (counts.pull()) {
      case YES -> batches.first(Kind.RESET, 0, event.author(), event.flips());
      case LEAVING -> batches.first(Kind.REPUBLISH, 0, event.author(), event.flips());
      case NO -> List.of();
    };
  }

  /**
   * Gives a stored feed what it is to hold of one author. The edge may have been away for a while,
   * unseen by the removal of posts that were deleted then, so deleted posts are removed here too.
   */
  private List<Task> followChanged(FollowChanged event) {
    long[] follower = {event.follower()};
    long author = event.followee();
    viewers.forget(event.follower());
    boolean follows = graph.follows(event.follower(), author);
    boolean settled = false;
    while (!settled) {
      if (follows) {
        if (celebrities.refresh(author).pull() != Pull.YES) {
          entries.add(author, follower);
        }
        entries.removeDeleted(author, follower);
      } else {
        // A build that still knows the edge may read posts that the author writes from now on.
        feeds.overtakeBuild(event.follower());
        entries.remove(author, follower);
      }
      boolean now = graph.follows(event.follower(), author);
      settled = now == follows;
      follows = now;
    }
    events.reset(follower);
    return List.of();
  }
}
