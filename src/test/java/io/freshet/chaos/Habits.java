package io.freshet.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

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
          with(some(random), post -> new Act.Delete(post.author(), post.post()), popular);
      case 11, 12 -> with(some(random), this::edit, popular);
      case 13, 14, 15 -> new Act.Follow(one, popular);
      case 16, 17, 18 -> new Act.Unfollow(one, popular);
      case 19 -> new Act.Mute(one, popular);
      case 20, 21 -> new Act.Unmute(one, popular);
      case 22 -> new Act.Restrict(popular, one);
      case 23, 24 -> new Act.Unrestrict(popular, one);
      case 25, 26 -> new Act.ReadAuthor(one, popular);
      case 27, 28 -> with(some(random), post -> new Act.ReadPost(one, post.post()), popular);
      case 40, 41, 42, 43 -> with(some(random), post -> new Act.Like(one, post.post()), popular);
      case 44, 45 -> with(some(random), post -> new Act.Unlike(one, post.post()), popular);
      case 46, 47 -> with(some(random), post -> comment(one, post), popular);
      case 48, 49, 50, 51 -> with(newest(random), post -> new Act.Share(one, post.post()), popular);
      case 52, 53 ->
          with(
              one(shared, random), share -> new Act.Unshare(share.author(), share.post()), popular);
      default -> Act.ReadFeed.top(one, 2 + random.nextInt(12));
    };
  }

  /** An act on something there is; where there is nothing yet, somebody posts. */
  private Act with(Optional<Made> there, Function<Made, Act> act, int otherwise) {
    return there.map(act).orElseGet(() -> publish(otherwise));
  }

  private Act edit(Made made) {
    return new Act.Edit(made.author(), made.post(), "edit " + keys.incrementAndGet());
  }

  private Act comment(int author, Made made) {
    return new Act.Comment(author, made.post(), "comment " + keys.incrementAndGet());
  }

  private Act publish(int author) {
    return new Act.Publish(author, "post " + keys.incrementAndGet());
  }

  private int popular(Random random) {
    return random.nextInt(1 + random.nextInt(people));
  }
}
