package io.freshet.platform.cluster;

import io.freshet.platform.Invalidations;
import io.freshet.platform.Invalidations.Codec;
import io.freshet.platform.NearCache;
import io.freshet.platform.UnavailableException;
import io.freshet.simulation.Coroutine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * One seeded run: three nodes on one database and two servers write and read the same few values,
 * while connections break and move, servers are flushed, answers get lost, nodes stand still and
 * the database is out of reach. A value is the number of its writes.
 */
final class NodeRun {
  private static final int NODES = 3;
  private static final int VALUES = 3;
  private static final int STEPS = 3_000;
  private static final long MILLI = 1_000_000;

  private final Random random;
  private final Flaw flaw;

  /** Eighths of a hundredth of the steps: where few write, a change of homes meets no write. */
  private final int writes;

  private final FakeTable table;
  private final List<FakeServer> servers = List.of(new FakeServer("a"), new FakeServer("b"));
  private final List<Peer> peers = new ArrayList<>();
  private final List<Coroutine> running = new ArrayList<>();
  private final Map<Long, Long> database = new HashMap<>();
  private final Map<Long, Long> acknowledged = new HashMap<>();
  private long now = 1_000 * MILLI;
  private long tokens = 1;
  private boolean troubled = true;
  private boolean stepped;
  int trustedReads;
  boolean recovered;

  NodeRun(long seed, Flaw flaw) {
    this.random = new Random(seed);
    this.writes = 1 << random.nextInt(4);
    this.flaw = flaw;
    this.table = new FakeTable(() -> now, flaw);
    for (long id = 1; id <= VALUES; id++) {
      database.put(id, 0L);
      acknowledged.put(id, 0L);
    }
    for (int i = 0; i < NODES; i++) {
      peers.add(new Peer(i));
    }
  }

  /** Runs through trouble, then through peace, in which everybody must come to trust. */
  void run() {
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    troubled = false;
    peers.forEach(peer -> peer.wire.connect(Optional.of(servers.getFirst())));
    for (int i = 0; i < 3 * STEPS; i++) {
      step();
      peers.forEach(Peer::noteRecovery);
    }
    recovered = peers.stream().allMatch(peer -> peer.hasRecovered);
  }

  /** A read saw what was true before a write that had been acknowledged when it began. */
  static final class Leak extends RuntimeException {
    private static final long serialVersionUID = 1;

    Leak(String message) {
      super(message);
    }
  }

  private void pause() {
    if (stepped) {
      Coroutine.pause();
    }
  }

  private void step() {
    int choice = random.nextInt(100);
    Peer peer = peers.get(random.nextInt(NODES));
    if (choice < 12) {
      now += random.nextInt(troubled ? 150 : 60) * MILLI;
    } else if (choice < 24) {
      peer.beat();
    } else if (choice < 32 && running.size() < 12) {
      start(() -> peer.read(1L + random.nextInt(VALUES)));
    } else if (choice < 33 && running.size() < 12 && random.nextInt(8) < writes) {
      start(() -> peer.write(1L + random.nextInt(VALUES)));
    } else if (choice < 37 && troubled && random.nextInt(3) == 0) {
      trouble(peer);
    } else if (choice < 37 && !troubled && !peer.wire.home.equals(servers.getFirst().home())) {
      peer.wire.connect(Optional.of(servers.getFirst()));
    } else if (!running.isEmpty()) {
      resume(running.get(random.nextInt(running.size())));
    }
  }

  private void trouble(Peer peer) {
    switch (random.nextInt(18)) {
      case 0 -> servers.get(random.nextInt(2)).flush();
      case 1 -> servers.get(random.nextInt(2)).evictLog();
      case 2, 3, 4 -> peer.wire.connect(Optional.empty());
      case 5 -> now += random.nextInt(12_000) * MILLI;
      // Often, for what is to go wrong needs trust first.
      case 6, 8, 9, 10, 11, 12 -> {
        FakeServer one = servers.get(random.nextInt(2));
        peers.forEach(any -> any.wire.connect(Optional.of(one)));
      }
      case 7 -> peer.databaseIsAway ^= true;
      default -> peer.wire.connect(Optional.of(servers.get(random.nextInt(2))));
    }
  }

  private void start(Runnable code) {
    Coroutine coroutine = new Coroutine(code);
    running.add(coroutine);
    resume(coroutine);
  }

  private void resume(Coroutine coroutine) {
    stepped = true;
    try {
      coroutine.resume();
    } finally {
      stepped = false;
    }
    if (coroutine.isDone()) {
      running.remove(coroutine);
    }
  }

  /** A process: its node, its wire, its near cache. */
  private final class Peer {
    final FakeWire wire =
        new FakeWire(NodeRun.this::pause, () -> troubled && random.nextInt(40) == 0, flaw);
    final Node node;
    final Invalidations invalidations;
    final NearCache<Long> cache;
    boolean beating;
    boolean databaseIsAway;
    boolean hasRecovered;

    Peer(int number) {
      LogReader reader = new LogReader(wire, number + 1, this::lose);
      node = new Node(paused(), wire, reader, () -> "token " + tokens++, () -> now);
      invalidations =
          new LoggedInvalidations(
              node,
              reader,
              wire,
              wire,
              number + 1,
              () -> tokens++,
              (most, condition) -> {
                long end = now + most.toNanos();
                while (!condition.getAsBoolean()) {
                  if (now > end) {
                    return false;
                  }
                  pause();
                }
                return true;
              });
      wire.onChange(node::lose);
      cache =
          new NearCache<>(
              "values",
              100,
              (id, value) -> 1,
              invalidations.shared("values", new Numbers(), this::load),
              invalidations);
    }

    void noteRecovery() {
      hasRecovered |= node.isTrusted() && node.mayAppend().isPresent();
    }

    private static NodeTable.View allAt(NodeTable.View view, String home) {
      List<NodeTable.Row> rows =
          view.live().stream()
              .map(row -> new NodeTable.Row(row.number(), home, row.epoch()))
              .toList();
      return new NodeTable.View(rows, view.epoch(), view.home(), view.epochMillis());
    }

    private void lose() {
      node.lose();
    }

    private NodeTable paused() {
      return (NodeTable)
          java.lang.reflect.Proxy.newProxyInstance(
              NodeTable.class.getClassLoader(),
              new Class<?>[] {NodeTable.class},
              (self, method, arguments) -> {
                pause();
                if (databaseIsAway && troubled) {
                  throw new UnavailableException("the database is away");
                }
                Object answer = method.invoke(table, arguments);
                if (answer instanceof NodeTable.View view && flaw == Flaw.HOMES_NOT_TOLD) {
                  answer = allAt(view, wire.home);
                }
                pause();
                return answer;
              });
    }

    private Map<Long, Long> load(Collection<Long> ids) {
      pause();
      Map<Long, Long> found = new HashMap<>();
      ids.forEach(id -> found.put(id, database.get(id)));
      pause();
      return found;
    }

    void beat() {
      if (beating) {
        return;
      }
      beating = true;
      start(() -> {
        try {
          node.beat();
        } catch (UnavailableException e) {
          // The next one may do better.
        } finally {
          beating = false;
        }
      });
    }

    void write(long id) {
      long value = Objects.requireNonNull(database.merge(id, 1L, Long::sum));
      pause();
      try {
        cache.invalidate(id);
      } catch (UnavailableException e) {
        return;
      }
      acknowledged.merge(id, value, Math::max);
    }

    void read(long id) {
      long atLeast = Objects.requireNonNull(acknowledged.get(id));
      if (flaw != Flaw.NO_CATCH_UP) {
        invalidations.catchUp();
      }
      trustedReads += invalidations.isTrusted() ? 1 : 0;
      long found = Objects.requireNonNull(cache.get(id));
      if (found < atLeast) {
        throw new Leak("read " + found + " though " + atLeast + " was acknowledged");
      }
    }
  }

  /** Eight bytes each. */
  private static final class Numbers implements Codec<Long> {
    @Override
    public byte[] write(Long value) {
      return ByteBuffer.allocate(8).putLong(value).array();
    }

    @Override
    public Long read(byte[] bytes) {
      return ByteBuffer.wrap(bytes).getLong();
    }
  }
}
