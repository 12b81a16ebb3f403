package io.freshet.simulation;

import io.freshet.account.AccountId;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.GraphException;
import io.freshet.post.Post;
import io.freshet.post.PostException;
import io.freshet.post.PostId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Does what people do, through the faces of the product's modules. */
final class Client {
  private final SimDatabase database;
  private final Checks checks;
  private final Supplier<SimProcess> process;

  Client(SimDatabase database, Checks checks, Supplier<SimProcess> process) {
    this.database = database;
    this.checks = checks;
    this.process = process;
  }

  void run(Operation operation) {
    SimProcess now = process.get();
    if (operation instanceof Operation.Read(long viewer, int limit)) {
      checks.read(
          viewer, () -> now.feeds.page(new AccountId(viewer), Long.MAX_VALUE, limit).items());
      return;
    }
    try (Checks.Write _ = checks.write()) {
      write(now, operation);
    } catch (GraphException | PostException e) {
      // Refused, as it should be: somebody follows themselves, or the post is gone.
    }
  }

  private void write(SimProcess now, Operation operation) {
    switch (operation) {
      case Operation.Publish(long author) -> publish(now, author, Optional.empty());
      case Operation.PublishTwice(long author, int key) -> publishTwice(now, author, "key " + key);
      case Operation.Edit(int number) ->
          post(number).ifPresent(post -> now.posts.edit(post.author(), post.id(), "edited"));
      case Operation.Delete(int number) ->
          post(number).ifPresent(post -> now.posts.delete(post.author(), post.id()));
      case Operation.Share(long sharer, int number) ->
          post(number)
              .flatMap(post -> now.feeds.post(Optional.of(new AccountId(sharer)), post.id()))
              .ifPresent(post -> now.shares.share(new AccountId(sharer), post));
      case Operation.Unshare(int number) ->
          share(number).ifPresent(share -> now.shares.unshare(share.author(), share.id()));
      case Operation.Follow(long follower, long followee) ->
          now.follows.follow(new AccountId(follower), new AccountId(followee));
      case Operation.Unfollow(long follower, long followee) ->
          now.follows.unfollow(new AccountId(follower), new AccountId(followee));
      case Operation.Mute(long viewer, long author, int seconds) ->
          now.mutes.mute(
              new AccountId(viewer),
              new AccountId(author),
              Optional.of(database.clock.instant().plus(Duration.ofSeconds(seconds))));
      case Operation.Unmute(long viewer, long author) ->
          now.mutes.unmute(new AccountId(viewer), new AccountId(author));
      case Operation.Restrict(long author, long viewer) ->
          now.restrictions.restrict(new AccountId(author), new AccountId(viewer), Optional.empty());
      case Operation.Unrestrict(long author, long viewer) ->
          now.restrictions.unrestrict(new AccountId(author), new AccountId(viewer));
      case Operation.Rebuild() ->
          now.builder.buildAll(LongStream.rangeClosed(1, checks.people()).boxed().toList());
      case Operation.MoveThreshold(int followers) ->
          now.celebrities.follow(new CelebrityRule(followers, 0.7));
      default -> throw new AssertionError(operation);
    }
  }

  private void publish(SimProcess now, long author, Optional<String> key) {
    PostId made = now.posts.publish(new AccountId(author), key.orElse("a text"), key).post().id();
    List<PostId> page =
        now
            .feeds
            .authorPage(Optional.empty(), new AccountId(author), Long.MAX_VALUE, 1_000)
            .items()
            .stream()
            .map(Post::id)
            .toList();
    boolean lives = database.posts.living().stream().anyMatch(post -> post.id().equals(made));
    if (lives && !page.contains(made)) {
      throw new AssertionError("G5: the author's own page lacks the post " + made + " just made");
    }
  }

  private void publishTwice(SimProcess now, long author, String key) {
    try {
      publish(now, author, Optional.of(key));
    } catch (Simulation.Killed e) {
      // Did it work? The client cannot know, and tries again.
    }
    publish(now, author, Optional.of(key));
  }

  private Optional<Post> post(int number) {
    return one(database.posts.all(), number);
  }

  private Optional<Post> share(int number) {
    return one(database.posts.living().stream().filter(Post::isShare).toList(), number);
  }

  private static Optional<Post> one(List<Post> all, int number) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(number % all.size()));
  }
}
