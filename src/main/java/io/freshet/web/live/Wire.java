package io.freshet.web.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The TCP connection of a client that stays. One thread reads; any thread writes, one after the
 * other, and any thread may end it, also while another is stuck in a write.
 */
final class Wire {
  /** Memory is given to a payload as it arrives, not as it is announced. */
  private static final int FIRST_BYTES = 1024;

  private final HelidonSocket socket;
  private final DataReader reader;
  private final Farewells farewells;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean leaving = new AtomicBoolean();

  Wire(ConnectionContext context, Farewells farewells) {
    this.socket = context.serverSocket();
    this.reader = context.dataReader();
    this.farewells = farewells;
  }

  int read() throws IOException {
    await();
    return reader.read() & 0xFF;
  }

  byte[] read(int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, FIRST_BYTES)];
    int have = 0;
    while (have < length) {
      await();
      int more = Math.min(length - have, reader.available());
      if (have + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(have + more, 2 * bytes.length)));
      }
      System.arraycopy(reader.readBytes(more), 0, bytes, have, more);
      have += more;
    }
    return bytes;
  }

  /** Throws away what the client still sends, until it has left. */
  void drain() {
    try {
      while (true) {
        await();
        reader.skip(reader.available());
      }
    } catch (IOException hasLeft) {
      return;
    }
  }

  /** The server's read timeout is not ours: who may be silent, and for how long, is known above. */
  private void await() throws IOException {
    while (true) {
      try {
        reader.ensureAvailable();
        return;
      } catch (DataReader.InsufficientDataAvailableException e) {
        throw ended(e);
      } catch (ServerConnectionException e) {
        if (!(e.getCause() instanceof UncheckedIOException io)
            || !(io.getCause() instanceof SocketTimeoutException)) {
          throw ended(e);
        }
      }
    }
  }

  private static EOFException ended(RuntimeException cause) {
    EOFException ended = new EOFException("the client has left");
    ended.initCause(cause);
    return ended;
  }

  /** Blocks while the client takes nothing. */
  void write(byte[] bytes) throws IOException {
    writing.lock();
    try {
      if (leaving.get()) {
        throw new SocketException("the connection is being closed");
      }
      put(bytes);
    } finally {
      writing.unlock();
    }
  }

  private void put(byte[] bytes) throws IOException {
    try {
      socket.write(BufferData.create(bytes));
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  boolean isLeaving() {
    return leaving.get();
  }

  /**
   * Begins the end, unless it has begun: from now on nothing else is written, and after {@link
   * Farewells#GRACE} the connection is dropped, whatever its threads do.
   */
  boolean leave() {
    boolean first = leaving.compareAndSet(false, true);
    if (first) {
      farewells.expect(this);
    }
    return first;
  }

  /** Says the last bytes, if the write in progress ends in time. */
  void sayLast(byte[] bytes) {
    try {
      if (writing.tryLock(Farewells.GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          put(bytes);
        } finally {
          writing.unlock();
        }
      }
    } catch (IOException unheard) {
      drop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      drop();
    }
  }

  /** Ends TCP at once, which frees whoever reads or writes. */
  void drop() {
    leaving.set(true);
    try {
      socket.close();
    } catch (UncheckedIOException alreadyBroken) {
      return;
    }
  }
}
