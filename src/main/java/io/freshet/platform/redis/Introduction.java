package io.freshet.platform.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * Makes a server process the home of a shard. The first to come records it with a new generation,
 * the others take that over.
 */
final class Introduction {
  private static final Script<String> HOME = Script.bare("home", Reply::text);

  /** What the script's refusal begins with. */
  private static final String OTHER_SHARDS = "SHARDS ";

  /** Letters of a generation's name: two of a billion shall not meet in one shard. */
  private static final int LETTERS = 6;

  private final SecureRandom random = new SecureRandom();
  private final String shards;
  private final Awaiting awaiting;
  private final Consumer<Link> onGeneration;

  /**
   * @param shards of how many each is one: who knows another number is refused
   * @param onGeneration told of a server where a new generation has begun
   */
  Introduction(int shards, Awaiting awaiting, Consumer<Link> onGeneration) {
    this.shards = Integer.toString(shards);
    this.awaiting = awaiting;
    this.onGeneration = onGeneration;
  }

  /**
   * The shard's home on this server.
   *
   * @param lastId of the home that this process held it to have until now, or nothing
   * @throws OtherShardsException if it is in use as one of another number of shards
   */
  Home introduce(Link link, int shard, String lastId) {
    return run(link, shard, lastId, "0");
  }

  /** The same with a new generation in any case. */
  Home renew(Link link, int shard) {
    return run(link, shard, "", "1");
  }

  private Home run(Link link, int shard, String lastId, String anew) {
    String generation = generation();
    byte[][] arguments = {
      Home.bytes(link.server()),
      Home.bytes(generation),
      Home.bytes(lastId),
      Home.bytes(anew),
      Home.bytes(shards)
    };
    String id = ask(link, shard, arguments);
    if (id.endsWith(generation)) {
      onGeneration.accept(link);
    }
    return Home.of(link, shard, id);
  }

  private String ask(Link link, int shard, byte[][] arguments) {
    try {
      return awaiting.await(link.run(HOME, new byte[][] {Home.key(shard)}, arguments));
    } catch (RedisCommandExecutionException e) {
      String said = String.valueOf(e.getMessage());
      if (said.startsWith(OTHER_SHARDS)) {
        throw new OtherShardsException(shards, said.substring(OTHER_SHARDS.length()));
      }
      throw e;
    }
  }

  /** A number at random, positive. */
  long token() {
    return random.nextLong() >>> 1;
  }

  private String generation() {
    return random
        .ints(LETTERS, 0, 36)
        .mapToObj(digit -> Character.toString(Character.forDigit(digit, 36)))
        .collect(java.util.stream.Collectors.joining());
  }
}
