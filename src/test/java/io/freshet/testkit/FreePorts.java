package io.freshet.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers of tests. They lie below those that systems give to outgoing connections, so
 * that nobody takes one before its server listens, or while that is killed and started again.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int COUNT = 20_000;

  /** Two processes begin at different places. */
  private static final AtomicInteger TURN =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 7_919 % COUNT));

  private FreePorts() {}

  /** One that nobody listens on, and that is given to nobody else by this process. */
  public static int next() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(TURN.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket everywhere = new ServerSocket(port, 1)) {
      return everywhere.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
