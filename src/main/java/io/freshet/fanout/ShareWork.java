package io.freshet.fanout;

import io.freshet.fanout.FanoutBatch.Kind;
import io.freshet.feed.FeedEvents;
import io.freshet.graph.Celebrities;
import io.freshet.graph.Pull;
import io.freshet.post.Post;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.post.ShareStore;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to the shares of a post when something happens to the post. A post may have any
 * number of shares, so they are worked batch by batch. Thread-safe.
 */
final class ShareWork {
  /** Shares of one task: each is a write and an event, or a page of followers. */
  private static final int BATCH = 50;

  private final PostStore postStore;
  private final ShareStore shares;
  private final Posts posts;
  private final Celebrities celebrities;
  private final FeedEvents events;
  private final InstantSource clock;
  private final Batches batches;

  ShareWork(FanoutParts parts, Batches batches) {
    this.postStore = parts.postStore();
    this.shares = postStore.shares();
    this.posts = parts.posts();
    this.celebrities = parts.celebrities();
    this.events = parts.events();
    this.clock = parts.clock();
    this.batches = batches;
  }

  /** Has every process forget the shares of what this shares; false if it is no share. */
  boolean forget(long post, long author) {
    Long original = shares.originals(List.of(post)).get(post);
    if (original != null) {
      posts.forgetShare(author, original);
    }
    return original != null;
  }

  List<Task> deleteSharesOf(long original) {
    return work(new ShareBatch(ShareBatch.Kind.DELETE, original, Long.MAX_VALUE));
  }

  List<Task> updateSharesOf(long original) {
    return work(new ShareBatch(ShareBatch.Kind.UPDATE, original, Long.MAX_VALUE));
  }

  List<Task> work(ShareBatch batch) {
    return switch (batch.kind()) {
      case DELETE -> delete(batch);
      case UPDATE -> update(batch);
    };
  }

  private List<Task> delete(ShareBatch batch) {
    int deleted = shares.deleteOfDeleted(batch.original(), BATCH, clock.instant());
    return deleted < BATCH ? List.of() : List.of(task(batch));
  }

  private List<Task> update(ShareBatch batch) {
    Post original = postStore.find(List.of(batch.original())).get(batch.original());
    if (original == null) {
      return List.of();
    }
    List<Post> some = shares.below(batch.original(), batch.before(), BATCH);
    List<Task> following = new ArrayList<>();
    for (Post share : some) {
      events.updatedInPlace(share.showing(original.version()));
      following.addAll(updated(share.id().value(), share.author().value()));
    }
    if (some.size() == BATCH) {
      following.add(
          task(new ShareBatch(batch.kind(), batch.original(), some.getLast().id().value())));
    }
    return following;
  }

  /** Those who follow a celebrity hear of it in the celebrity's channel. */
  List<Task> updated(long post, long author) {
    return celebrities.refresh(author).pull() == Pull.YES
        ? List.of()
        : batches.first(Kind.UPDATE, post, author, 0);
  }

  private static Task task(ShareBatch batch) {
    return Task.of(ShareBatch.TOPIC, Lane.BATCHES, batch);
  }
}
