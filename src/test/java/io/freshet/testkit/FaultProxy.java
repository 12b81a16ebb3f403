package io.freshet.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP link of the loopback interface that can be made bad: it passes bytes on to a server, until
 * it is told to cut, refuse, stall, delay or throttle. Its port stays the same for its life, while
 * the server behind it may change. A fault holds until {@link #pass}. Threads: two virtual ones a
 * connection; thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int CONNECT_MILLIS = 5_000;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How the link is. */
  private record Condition(boolean refuses, boolean stalls, Duration delay, int bytesPerSecond) {
    static final Condition GOOD = new Condition(false, false, Duration.ZERO, Integer.MAX_VALUE);
  }

  /** The two sockets of a connection; closed together, at once and without a goodbye. */
  private record Connection(Socket client, Socket server) {
    void reset() {
      FaultProxy.reset(client);
      FaultProxy.reset(server);
    }
  }

  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = Condition.GOOD;
  private volatile int target;

  private FaultProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
  }

  /** A good link to the server on this port of the loopback interface. */
  public static FaultProxy to(int target) {
    try {
      FaultProxy proxy = new FaultProxy(target);
      Thread.ofVirtual().name("proxy-" + proxy.port()).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections that pass through it now. */
  public int connections() {
    return connections.size();
  }

  /** Leads to another server from now on; connections to the former one are cut. */
  public void pointTo(int port) {
    target = port;
    cut();
  }

  /** As good as a link can be. */
  public void pass() {
    condition = Condition.GOOD;
  }

  /** Ends every connection at once, with whatever was on its way; new ones are let through. */
  public void cut() {
    connections.forEach(Connection::reset);
  }

  /** Cuts, and ends each new connection at once. */
  public void refuse() {
    condition = new Condition(true, false, Duration.ZERO, Integer.MAX_VALUE);
    cut();
  }

  /** Connections stay, and nothing passes. */
  public void stall() {
    condition = new Condition(false, true, Duration.ZERO, Integer.MAX_VALUE);
  }

  /** Each piece takes this much longer, in both directions. */
  public void delay(Duration eachWay) {
    condition = new Condition(false, false, eachWay, Integer.MAX_VALUE);
  }

  /** So many bytes a second pass, in each direction of each connection. */
  public void throttle(int bytesPerSecond) {
    condition = new Condition(false, false, Duration.ZERO, bytesPerSecond);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cut();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (condition.refuses()) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException e) {
        // Closed, or the client has gone again: the next one may do better.
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Connection connection = new Connection(client, server);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
    } catch (IOException e) {
      connection.reset();
      return;
    }
    connections.add(connection);
    if (condition.refuses() || listener.isClosed()) {
      connection.reset(); // the fault began while it was being made
    }
    Thread.ofVirtual().start(() -> pump(connection, client, server));
    pump(connection, server, client);
  }

  private void pump(Connection connection, Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        hold(read, to);
        out.write(chunk, 0, read);
      }
      to.shutdownOutput();
      if (from.isOutputShutdown()) {
        connection.reset();
        connections.remove(connection);
      }
    } catch (IOException e) {
      connection.reset();
      connections.remove(connection);
    }
  }

  private void hold(int bytes, Socket to) throws IOException {
    while (condition.stalls() && !to.isClosed()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    Condition now = condition;
    long nanos = now.delay().toNanos();
    if (now.bytesPerSecond() != Integer.MAX_VALUE) {
      nanos += TimeUnit.SECONDS.toNanos(bytes) / now.bytesPerSecond();
    }
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    if (to.isClosed()) {
      throw new IOException("cut");
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It was closed already.
    }
  }
}
