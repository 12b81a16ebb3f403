package io.freshet.platform.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Frees the memory of generations that were left behind: walks over a server's keys, some hundreds
 * a step, so that nobody waits for it. The process that began a generation does it; if that dies,
 * what is left expires by itself. Used by one thread, but for {@link #begin}.
 */
final class Sweep {
  private static final Script<Long> UNLINK = Script.load("sweep", Reply::number);
  private static final String HOME = ":home";

  private final IntFunction<Optional<Home>> homes;
  private final Awaiting awaiting;
  private final Map<Link, ScanCursor> walks = new ConcurrentHashMap<>();

  Sweep(IntFunction<Optional<Home>> homes, Awaiting awaiting) {
    this.homes = homes;
    this.awaiting = awaiting;
  }

  /** Begins to walk over the keys of this server, from the first. */
  void begin(Link link) {
    walks.put(link, ScanCursor.of("0"));
  }

  /** One step on each server that is being walked over. */
  void step() {
    for (Link link : List.copyOf(walks.keySet())) {
      ScanCursor from = walks.getOrDefault(link, ScanCursor.FINISHED);
      if (!link.isOpen()) {
        walks.remove(link);
      } else if (!from.isFinished()) {
        step(link, from);
      }
    }
  }

  private void step(Link link, ScanCursor from) {
    KeyScanCursor<byte[]> found = awaiting.await(link.scan(from));
    leftBehind(link, found.getKeys())
        .forEach((home, keys) -> {
          keys.add(Home.key(home.shard()));
          awaiting.await(link.run(UNLINK, keys.toArray(byte[][]::new), home.arguments()));
        });
    // If it has been begun anew meanwhile, it starts from the first key again.
    if (found.isFinished()) {
      walks.remove(link, from);
    } else {
      walks.replace(link, from, ScanCursor.of(found.getCursor()));
    }
  }

  private Map<Home, List<byte[]>> leftBehind(Link link, List<byte[]> keys) {
    Map<Home, List<byte[]>> left = new HashMap<>();
    for (byte[] key : keys) {
      String name = new String(key, StandardCharsets.ISO_8859_1);
      Home.shardIn(name)
          .flatMap(homes::apply)
          .filter(home -> home.link() == link)
          .filter(home -> !name.endsWith(HOME) && !name.startsWith(home.prefix()))
          .ifPresent(home -> left.computeIfAbsent(home, _ -> new ArrayList<>()).add(key));
    }
    return left;
  }
}
