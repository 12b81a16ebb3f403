package io.freshet.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What people do next, drawn at random: the mix of the simulator. The lower a person's number, the
 * more they write and are followed, so that some cross the celebrity threshold to and fro.
 * Thread-safe.
 */
final class Habits {
  /** Posts that acts are still about: enough for several windows, few enough to be hit. */
  private static final int RECENT = 60;

  /** What is shared is among so many of them. */
  private static final int SHARED = 8;

  private record Made(int author, long post) {}

  private final int people;
  private final AtomicInteger keys = new AtomicInteger();
  private final List<Made> recent = new ArrayList<>();

  /** Who shared what, to be taken back. */
  private final List<Made> shared = new ArrayList<>();

  Habits(int people) {
    this.people = people;
  }

  /** A post that acts may be about from now on. */
  synchronized void published(int author, long post) {
    remember(recent, new Made(author, post));
  }

  synchronized void shared(int sharer, long post) {
    remember(shared, new Made(sharer, post));
  }

  private static void remember(List<Made> some, Made made) {
    some.add(made);
    if (some.size() > RECENT) {
      some.removeFirst();
    }
  }

  private Optional<Made> some(Random random) {
    return one(recent, random);
  }

  private synchronized Optional<Made> one(List<Made> some, Random random) {
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  /** Of the newest, so that several share the same. */
  private synchronized Optional<Made> newest(Random random) {
    int few = Math.min(recent.size(), SHARED);
    return few == 0
        ? Optional.empty()
        : Optional.of(recent.get(recent.size() - 1 - random.nextInt(few)));
  }

  /** Whom everybody follows at first: a few popular people. */
  List<Act> beginnings(Random random) {
    List<Act> acts = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      for (int i = 0; i < 5; i++) {
        int author = popular(random);
        if (author != person) {
          acts.add(new Act.Follow(person, author));
        }
      }
    }
    return acts;
  }

  Act next(Random random) {
    int one = random.nextInt(people);
    int popular = popular(random);
    if (one == popular) {
      return publish(popular);
    }
    return switch (random.nextInt(54)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> publish(popular);
      case 8, 9, 10 ->
          some(random)
              .<Act>map(post -> new Act.Delete(post.author(), post.post()))
              .orElse(publish(popular));
      case 11, 12 ->
          some(random)
              .<Act>map(post ->
                  new Act.Edit(post.author(), post.post(), "edit " + keys.incrementAndGet()))
              .orElse(publish(popular));
      case 48, 49, 50, 51 ->
          newest(random).<Act>map(post -> new Act.Share(one, post.post())).orElse(publish(popular));
      case 52, 53 ->
          one(shared, random)
              .<Act>map(share -> new Act.Unshare(share.author(), share.post()))
              .orElse(publish(popular));
      case 13, 14, 15 -> new Act.Follow(one, popular);
      case 16, 17, 18 -> new Act.Unfollow(one, popular);
      case 19 -> new Act.Mute(one, popular);
      case 20, 21 -> new Act.Unmute(one, popular);
      case 22 -> new Act.Restrict(popular, one);
      case 23, 24 -> new Act.Unrestrict(popular, one);
      case 25, 26 -> new Act.ReadAuthor(one, popular);
      case 27, 28 ->
          some(random)
              .<Act>map(post -> new Act.ReadPost(one, post.post()))
              .orElse(publish(popular));
      case 40, 41, 42, 43 ->
          some(random).<Act>map(post -> new Act.Like(one, post.post())).orElse(publish(popular));
      case 44, 45 ->
          some(random).<Act>map(post -> new Act.Unlike(one, post.post())).orElse(publish(popular));
      case 46, 47 ->
          some(random)
              .<Act>map(
                  post -> new Act.Comment(one, post.post(), "comment " + keys.incrementAndGet()))
              .orElse(publish(popular));
      default -> Act.ReadFeed.top(one, 2 + random.nextInt(12));
    };
  }

  private Act publish(int author) {
    return new Act.Publish(author, "post " + keys.incrementAndGet());
  }

  private int popular(Random random) {
    return random.nextInt(1 + random.nextInt(people));
  }
}
