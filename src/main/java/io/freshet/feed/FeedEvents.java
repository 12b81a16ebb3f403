package io.freshet.feed;

import io.freshet.graph.GraphStore;
import io.freshet.live.ChannelName;
import io.freshet.live.Publisher;
import io.freshet.post.Post;
import io.freshet.post.PostStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells readers live what changed in their feeds; only those who listen, or did so a moment ago,
 * cost anything. Events are published after the change, so whoever hears one and fetches the post
 * sees the change. Thread-safe.
 */
public final class FeedEvents {
  private final Publisher publisher;
  private final GraphStore graph;
  private final PostStore posts;

  public FeedEvents(Publisher publisher, GraphStore graph, PostStore posts) {
    this.publisher = publisher;
    this.graph = graph;
    this.posts = posts;
  }

  /**
   * A post is in these readers' feeds; those who do not see its author are not told. Who ceased to
   * see the author meanwhile may have been told so before this, and loads the feed once more.
   */
  public void inserted(long post, long author, long[] viewers) {
    long[] seeing = seeing(author, viewers);
    Optional<Post> found = seeing.length > 0 ? find(post) : Optional.empty();
    if (found.isPresent()) {
      publish(channels(seeing), FeedEvent.inserted(found.get()));
      long[] still = graph.seeing(author, seeing);
      if (still.length < seeing.length) {
        reset(Arrays.stream(seeing).filter(id -> Arrays.binarySearch(still, id) < 0).toArray());
      }
    }
  }

  /** A post in these readers' feeds has a new text. */
  public void updated(long post, long author, long[] viewers) {
    long[] seeing = seeing(author, viewers);
    if (seeing.length > 0) {
      find(post).ifPresent(found -> publish(channels(seeing), FeedEvent.updated(found)));
    }
  }

  /** A post is gone from these readers' feeds. */
  public void removed(long post, long[] viewers) {
    publish(channels(listening(viewers)), FeedEvent.removed(post));
  }

  /**
   * These readers' feeds changed at large: they load them anew, and hear of the celebrities whom
   * they follow now. Who begins to hear of one is told to load once more from then on, so that
   * nothing is missed in between.
   */
  public void reset(long[] viewers) {
    long[] listening = listening(viewers);
    if (listening.length > 0) {
      byte[] reset = FeedEvent.reset().json();
      publisher.reconsider(Arrays.stream(listening).mapToObj(Long::toString).toList(), reset);
      publish(channels(listening), FeedEvent.reset());
    }
  }

  /** A celebrity has a new post: told once, to all who listen to this author. */
  public void insertedByCelebrity(long post, long author) {
    find(post)
        .ifPresent(
            found -> publish(List.of(ChannelName.author(author)), FeedEvent.inserted(found)));
  }

  /** A celebrity's post, or anybody's on its own page, has a new text. */
  public void updatedInPlace(Post post) {
    FeedEvent event = FeedEvent.updated(post);
    publish(List.of(ChannelName.author(post.author().value())), event);
    publish(List.of(ChannelName.post(post.id().value())), event);
  }

  /** A celebrity's post, or anybody's on its own page, is gone. */
  public void removedInPlace(long post, long author) {
    publish(List.of(ChannelName.author(author)), FeedEvent.removed(post));
    publish(List.of(ChannelName.post(post)), FeedEvent.removed(post));
  }

  private Optional<Post> find(long post) {
    return Optional.ofNullable(posts.find(List.of(post)).get(post));
  }

  private long[] seeing(long author, long[] viewers) {
    long[] listening = listening(viewers);
    return listening.length == 0 ? listening : graph.seeing(author, listening);
  }

  private long[] listening(long[] viewers) {
    Set<String> channels = publisher.listening(channels(viewers));
    return channels.isEmpty()
        ? new long[0]
        : Arrays.stream(viewers)
            .filter(viewer -> channels.contains(ChannelName.personal(viewer)))
            .toArray();
  }

  private void publish(List<String> channels, FeedEvent event) {
    if (!channels.isEmpty()) {
      publisher.publishToListeners(channels, event.json(), event.key());
    }
  }

  private static List<String> channels(long[] viewers) {
    return Arrays.stream(viewers).mapToObj(ChannelName::personal).toList();
  }
}
