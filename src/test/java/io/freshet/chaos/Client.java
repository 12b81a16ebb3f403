package io.freshet.chaos;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Somebody's program: does one act after the other against any of the web nodes, and tries writes
 * again, with the same idempotency key, until they are answered. Runs in a thread of its own.
 */
final class Client {
  /** Pages of one walk at most. */
  private static final int PAGES = 4;

  /** Between two acts, at most: the cluster shares its processors with us. */
  private static final Duration BREATH = Duration.ofMillis(20);

  /** Between two tries, at most. */
  private static final Duration PAUSE = Duration.ofMillis(400);

  /** Where a node listens. */
  record Place(String node, String address) {}

  private final Wire wire;
  private final List<Place> places;
  private final History history;
  private final Habits habits;
  private final Random random;

  Client(Wire wire, List<Place> places, History history, Habits habits, Random random) {
    this.wire = wire;
    this.places = places;
    this.history = history;
    this.habits = habits;
    this.random = random;
  }

  /** Until it is told to stop and has an answer to its last write. */
  void run(BooleanSupplier stopping) {
    try {
      while (!stopping.getAsBoolean()) {
        act(habits.next(random));
        rest(BREATH);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void act(Act act) throws InterruptedException {
    if (act instanceof Act.ReadFeed(int viewer, int limit, _, _)) {
      walk(viewer, limit);
    } else if (act.isRead()) {
      call(act);
    } else {
      write(act);
    }
  }

  private void walk(int viewer, int limit) throws InterruptedException {
    Act.ReadFeed page = Act.ReadFeed.top(viewer, limit);
    for (int pages = 1 + random.nextInt(PAGES); pages > 0; pages--) {
      Wire.Heard heard = call(page);
      if (heard.cursor().isEmpty() || heard.posts().isEmpty()) {
        return;
      }
      page = new Act.ReadFeed(viewer, limit, heard.cursor(), heard.posts().getLast().post());
    }
  }

  private void write(Act act) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      Answer answer = call(act).answer();
      if (answer instanceof Answer.Done(var posts, _)) {
        told(act, posts);
        return;
      }
      if (answer instanceof Answer.Refused) {
        return;
      }
      rest(PAUSE);
    }
  }

  private void told(Act act, List<Shown> posts) throws InterruptedException {
    if (act instanceof Act.Publish(int author, _)) {
      habits.published(author, posts.getFirst().post());
      call(new Act.ReadAuthor(author, author));
    } else if (act instanceof Act.Share(int sharer, long post)) {
      habits.shared(sharer, post);
      call(new Act.ReadAuthor(sharer, sharer));
    }
  }

  private Wire.Heard call(Act act) throws InterruptedException {
    Place place = places.get(random.nextInt(places.size()));
    int number = history.nextNumber();
    long start = history.now();
    Wire.Heard heard = wire.ask(place.address(), act);
    history.add(new Call(number, place.node(), act, start, history.now(), heard.answer()));
    return heard;
  }

  private void rest(Duration most) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + random.nextLong(most.toMillis())));
  }
}
