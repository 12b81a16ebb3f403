package io.freshet.feed;

import io.freshet.graph.GraphStore;
import io.freshet.live.ChannelName;
import io.freshet.live.Publisher;
import io.freshet.post.Post;
import io.freshet.post.PostStore;
import java.time.InstantSource;
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
  private final ShareReaders shareReaders;

  public FeedEvents(Publisher publisher, GraphStore graph, PostStore posts, InstantSource clock) {
    this.shareReaders = new ShareReaders(graph, posts, clock);
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
    if (found.isPresent() && found.get().isShare()) {
      insertedShare(found.get(), found.get().original().orElseThrow().value(), seeing);
    } else if (found.isPresent()) {
      publish(channels(seeing), FeedEvent.inserted(found.get()));
      reset(minus(seeing, graph.seeing(author, seeing)));
    }
  }

  /**
   * Only those are told who see the original through this share; of them those who saw it through a
   * later one until now, which was saved before this, load the feed once more.
   */
  private void insertedShare(Post share, long original, long[] viewers) {
    long id = share.id().value();
    long[] seeing = shareReaders.seeing(id, original, viewers);
    long[] later = shareReaders.seeingLater(id, original, seeing);
    reset(later);
    long[] told = minus(seeing, later);
    if (told.length > 0) {
      publish(channels(told), FeedEvent.inserted(share));
      reset(minus(told, shareReaders.seeing(id, original, told)));
    }
  }

  /** The elements of {@code all} that are not in {@code some}; both ascending. */
  private static long[] minus(long[] all, long[] some) {
    return Arrays.stream(all).filter(id -> Arrays.binarySearch(some, id) < 0).toArray();
  }

  /** A post in these readers' feeds has a new text. */
  public void updated(long post, long author, long[] viewers) {
    long[] seeing = seeing(author, viewers);
    if (seeing.length > 0) {
      find(post).ifPresent(found -> publish(channels(seeing), FeedEvent.updated(found)));
    }
  }

  /**
   * A post is gone from these readers' feeds; those who see what it shared through a later share
   * from now on load the feed anew.
   */
  public void removed(long post, long[] viewers) {
    long[] listening = listening(viewers);
    publish(channels(listening), FeedEvent.removed(post));
    if (listening.length > 0) {
      posts
          .shares()
          .originals(List.of(post))
          .forEach((_, original) -> reset(shareReaders.seeingLater(post, original, listening)));
    }
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

  /** The post as it is seen; a share of what is gone is gone too. */
  private Optional<Post> find(long post) {
    Optional<Post> found = Optional.ofNullable(posts.find(List.of(post)).get(post));
    return found.isEmpty() || found.get().original().isEmpty()
        ? found
        : found
            .get()
            .original()
            .flatMap(original -> find(original.value()))
            .map(original -> found.get().showing(original.version()));
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
