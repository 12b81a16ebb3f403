package io.freshet.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A list of operations, and the seed of the order in which they and the work they cause are
 * stepped.
 */
record Scenario(long seed, int people, List<Operation> operations) {
  private static final int OPERATIONS = 70;
  private static final int LIVE_OPERATIONS = 25;
  private static final int SHARE_OPERATIONS = 40;

  /** What is shared, and taken back, is among so many newest: the same again and again. */
  private static final int RECENT_POSTS = 6;

  static Scenario of(long seed) {
    Random random = new Random(seed);
    int people = 3 + random.nextInt(5);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < people * 3; i++) {
      operations.add(new Operation.Follow(person(random, people), popular(random, people)));
    }
    for (int i = 0; i < OPERATIONS; i++) {
      operations.add(operation(random, people, i));
    }
    Scenario scenario = new Scenario(seed, people, operations);
    Scenario shared = scenario.isShared() ? scenario.withSharers() : scenario;
    return scenario.isLive() ? shared.withReaders() : shared;
  }

  /** Whether posts are shared; the other seeds run as they did before there were shares. */
  boolean isShared() {
    return seed % 3 == 0;
  }

  /** Whether some read live; the other half of the seeds runs as it did before there were such. */
  boolean isLive() {
    return seed % 2 == 0;
  }

  /** Whether messages to live readers may be lost, and streams while their process lives. */
  boolean isLossy() {
    return seed % 4 == 0;
  }

  private Scenario withSharers() {
    Random random = new Random(seed + 2);
    List<Operation> all = new ArrayList<>(operations);
    for (int i = 0; i < SHARE_OPERATIONS; i++) {
      Operation operation =
          random.nextInt(3) == 0
              ? new Operation.Unshare(random.nextInt(RECENT_POSTS))
              : new Operation.Share(person(random, people), random.nextInt(RECENT_POSTS));
      all.add(people * 3 + random.nextInt(all.size() - people * 3), operation);
    }
    return with(all);
  }

  private Scenario withReaders() {
    Random random = new Random(seed + 1);
    List<Operation> all = new ArrayList<>(operations);
    for (int i = 0; i < LIVE_OPERATIONS; i++) {
      all.add(random.nextInt(all.size()), liveOperation(random));
    }
    return with(all);
  }

  private Operation liveOperation(Random random) {
    long viewer = person(random, people);
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> new Operation.Connect(viewer);
      case 9, 10, 11, 12, 13, 14 -> new Operation.Cut(viewer);
      case 15, 16, 17, 18 -> new Operation.Look();
      default -> new Operation.LoseStreams();
    };
  }

  private static Operation operation(Random random, int people, int i) {
    long one = person(random, people);
    long popular = popular(random, people);
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> new Operation.Publish(popular);
      case 11 -> new Operation.PublishTwice(popular, i);
      case 12, 13, 14, 15 -> new Operation.Delete(random.nextInt(1 + i));
      case 16 -> new Operation.Edit(random.nextInt(1 + i));
      case 17, 18, 19 -> new Operation.Follow(one, popular);
      case 20, 21, 22 -> new Operation.Unfollow(one, popular);
      case 23 -> new Operation.Mute(one, popular, 1 + random.nextInt(100));
      case 24 -> new Operation.Unmute(one, popular);
      case 25 -> new Operation.Restrict(popular, one);
      case 26 -> new Operation.Unrestrict(popular, one);
      case 27, 28, 29, 30, 31, 32 -> new Operation.Read(one, 1 + random.nextInt(8));
      case 33 -> random.nextInt(3) == 0 ? new Operation.Rebuild() : new Operation.Evict(one);
      case 34 -> random.nextInt(4) == 0 ? new Operation.Flush() : new Operation.Evict(one);
      case 35 -> new Operation.MoveThreshold(1 + random.nextInt(people));
      case 36 -> new Operation.KillWorker();
      case 37 -> new Operation.KillClient();
      case 38 -> random.nextInt(5) == 0 ? new Operation.Restart() : new Operation.KillWorker();
      default -> new Operation.Wait(1 + random.nextInt(30));
    };
  }

  private static long person(Random random, int people) {
    return 1L + random.nextInt(people);
  }

  /** The lower the number, the likelier. */
  private static long popular(Random random, int people) {
    return 1L + random.nextInt(1 + random.nextInt(people));
  }

  Scenario with(List<Operation> others) {
    return new Scenario(seed, people, others);
  }
}
