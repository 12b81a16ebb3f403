package io.freshet.platform.cluster;

import io.freshet.platform.Database;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Loop;
import io.freshet.platform.Patience;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one of those that work from a database: it beats in the background from the
 * beginning to {@link #close}, which gives its number back. Thread-safe.
 */
public final class Membership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private final Node node;
  private final Invalidations invalidations;
  private final AtomicReference<Runnable> wake = new AtomicReference<>(() -> {});
  private final Loop loop;

  private final Database database;

  private Membership(Database database, InvalidationLog log, SharedValues values) {
    this.database = database;
    SecureRandom random = new SecureRandom();
    long self = random.nextLong();
    AtomicLong tokens = new AtomicLong(random.nextLong());
    LogReader reader = new LogReader(log, self, this::lose);
    this.node =
        new Node(
            new PgNodeTable(database.jdbi()),
            log,
            reader,
            () -> Long.toHexString(self) + "-" + tokens.incrementAndGet(),
            System::nanoTime);
    this.invalidations =
        new LoggedInvalidations(
            node,
            reader,
            log,
            values,
            self,
            tokens::incrementAndGet,
            (most, condition) -> {
              wake.get().run();
              return Patience.await(most, condition);
            });
    log.onChange(this::lose);
    node.beat();
    this.loop =
        Loop.start(
            "node",
            Node.BEAT,
            () -> {
              node.beat();
              return false;
            });
    wake.set(loop::wake);
  }

  /**
   * Joins; has a number on return.
   *
   * @param database a pool of its own, closed with the membership: a beat must not wait behind
   *     requests, for a process that does not beat loses its number
   */
  public static Membership join(Database database, InvalidationLog log, SharedValues values) {
    try {
      return new Membership(database, log, values);
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  private void lose() {
    node.lose();
    wake.get().run();
  }

  public Invalidations invalidations() {
    return invalidations;
  }

  /**
   * For ids.
   *
   * @throws io.freshet.platform.UnavailableException while there is none
   */
  public int number() {
    return node.number();
  }

  @Override
  public void close() {
    loop.close();
    try {
      node.leave();
    } catch (RuntimeException e) {
      LOG.info("the number was not given back, its lease ends by itself: {}", e.toString());
    } finally {
      database.close();
    }
  }
}
