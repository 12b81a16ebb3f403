package io.freshet.platform.cluster;

import java.util.List;
import java.util.OptionalInt;

/**
 * The processes that work from one database, and the epoch of what they share. Each call is a
 * transaction of its own that is durable on return. Thread-safe.
 */
public interface NodeTable {

  /** A process whose lease lasts; {@code home} is empty while it reaches none. */
  record Row(int number, String home, long epoch) {}

  /**
   * All of it at one moment.
   *
   * @param epoch grows whenever what is in near and shared caches must be left behind
   * @param home the log of this epoch
   * @param epochMillis how long ago the epoch began
   */
  record View(List<Row> live, long epoch, String home, long epochMillis) {}

  /** Takes a number that nobody holds, for {@link Node#LEASE}; empty if all are taken. */
  OptionalInt take(String token);

  /**
   * Renews the lease and says what this process sees.
   *
   * @param bump whether a new epoch begins with that
   * @return false if the lease is lost; then nothing was done
   */
  boolean report(int number, String token, String home, long epoch, boolean bump);

  View view();

  /** Begins a new epoch with this home, unless it is the present one's. */
  void adopt(String home);

  /**
   * Whether a process is gone that last told another home than this one: it may have written there
   * after others had begun to use this one, which then lacks what it wrote.
   */
  boolean hasStrays(String home);

  /** To be called when what this home lacked has been left behind. */
  void forgetStrays(String home);

  void giveBack(int number, String token);
}
