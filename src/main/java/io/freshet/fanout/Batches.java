package io.freshet.fanout;

import io.freshet.fanout.FanoutBatch.Kind;
import io.freshet.feed.FeedEvents;
import io.freshet.feed.FeedStore;
import io.freshet.graph.Celebrities;
import io.freshet.graph.FollowerPage;
import io.freshet.graph.GraphStore;
import io.freshet.post.PostStore;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.util.List;

/**
 * Works an author's followers batch by batch, each batch well under a second of work. Thread-safe.
 */
final class Batches {
  private final GraphStore graph;
  private final Celebrities celebrities;
  private final PostStore posts;
  private final FeedStore feeds;
  private final FeedEvents events;
  private final AuthorEntries entries;
  private final FanoutConfig config;
  private final BatchListener listener;

  Batches(FanoutParts parts, AuthorEntries entries, FanoutConfig config, BatchListener listener) {
    this.listener = listener;
    this.graph = parts.graph();
    this.celebrities = parts.celebrities();
    this.posts = parts.postStore();
    this.feeds = parts.feeds();
    this.events = parts.events();
    this.entries = entries;
    this.config = config;
  }

  /** The first batch of a work, if there are followers at all. */
  List<Task> first(Kind kind, long post, long author, long flips) {
    int followers = graph.counts(author).followers();
    return next(
        new FanoutBatch(
            kind, post, author, flips, followers > config.bigAudience(), 0, new byte[0]),
        0);
  }

  private List<Task> next(FanoutBatch batch, long after) {
    FollowerPage page = graph.followers(batch.author(), after, config.batch());
    if (page.followers().length == 0) {
      end(batch);
      return List.of();
    }
    return List.of(Task.of(FanoutBatch.TOPIC, lane(batch), batch.with(page)));
  }

  private static Lane lane(FanoutBatch batch) {
    return batch.big() ? Lane.BIG_BATCHES : Lane.BATCHES;
  }

  List<Task> work(FanoutBatch batch) {
    FollowerPage page = batch.page();
    switch (batch.kind()) {
      case INSERT -> insert(batch, page);
      case ANNOUNCE -> events.inserted(batch.post(), batch.author(), page.followers());
      case REMOVE -> {
        feeds.remove(batch.post(), page.followers());
        events.removed(batch.post(), page.followers());
      }
      case UPDATE -> events.updated(batch.post(), batch.author(), page.followers());
      case REPUBLISH -> republish(batch, page);
      case RESET -> events.reset(page.followers());
    }
    int count = page.followers().length;
    if (count < config.batch()) {
      end(batch);
      return List.of();
    }
    return next(batch, page.followers()[count - 1]);
  }

  private void insert(FanoutBatch batch, FollowerPage page) {
    Audience audience = new Audience(graph, batch.author(), page);
    audience.add(
        added -> feeds.insert(batch.post(), added), gone -> feeds.remove(batch.post(), gone));
    if (lives(batch.post())) {
      events.inserted(batch.post(), batch.author(), page.followers());
    } else {
      feeds.remove(batch.post(), page.followers());
    }
    listener.inserted(lane(batch), batch.post());
  }

  private boolean lives(long post) {
    return posts.living(new long[] {post}).length == 1;
  }

  private void republish(FanoutBatch batch, FollowerPage page) {
    long author = batch.author();
    Audience audience = new Audience(graph, author, page);
    audience.add(added -> entries.add(author, added), gone -> entries.remove(author, gone));
    entries.removeDeleted(author, page.followers());
    // Posts made while the author was pulled were told in a channel that some never came to hear.
    events.reset(page.followers());
  }

  private void end(FanoutBatch batch) {
    if (batch.kind() == Kind.REPUBLISH) {
      graph.endLeaving(batch.author(), batch.flips());
      celebrities.refresh(batch.author());
    }
  }
}
