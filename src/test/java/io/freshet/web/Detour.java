package io.freshet.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port that leads to another, which may change: the one behind it can go away and come back
 * elsewhere.
 */
final class Detour implements AutoCloseable {
  private final ServerSocket entrance;
  private volatile int target;

  Detour(int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  void leadTo(int port) {
    target = port;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket here = entrance.accept();
        Thread.ofVirtual().start(() -> join(here));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket here) {
    try (here;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread back = Thread.ofVirtual().start(() -> copy(there, here));
      copy(here, there);
      back.join();
    } catch (IOException nobodyThere) {
      // the caller sees its connection closed, as it would without us
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
      from.close();
    } catch (IOException ended) {
      // one side has gone; closing the sockets tells the other
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
