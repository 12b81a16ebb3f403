package io.freshet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private Echo server = new Echo(0);
  private FaultProxy proxy = FaultProxy.to(0);

  /** Answers each byte with the sum of it and a number of its own. */
  private static final class Echo implements AutoCloseable {
    private final ServerSocket listener;

    Echo(int number) {
      try {
        listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      Thread.ofVirtual().start(() -> serve(number));
    }

    private void serve(int number) {
      while (!listener.isClosed()) {
        try {
          Socket client = listener.accept();
          Thread.ofVirtual().start(() -> answer(client, number));
        } catch (IOException e) {
          return;
        }
      }
    }

    private static void answer(Socket client, int number) {
      try (client) {
        for (int b = client.getInputStream().read(); b >= 0; b = client.getInputStream().read()) {
          client.getOutputStream().write(b + number);
        }
      } catch (IOException e) {
        // The client has gone.
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    proxy.close();
    server.close();
    server = new Echo(0);
    proxy = FaultProxy.to(server.port());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static int ask(Socket socket, int b) throws IOException {
    socket.getOutputStream().write(b);
    return socket.getInputStream().read();
  }

  @Test
  void passesBytesBothWaysAndEndsWithTheClient() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, 7)).isEqualTo(7);
      assertThat(proxy.connections()).isEqualTo(1);
    }
    await().until(() -> proxy.connections() == 0);
  }

  @Test
  void cutsConnectionsAndLetsNewOnesThrough() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, 1)).isEqualTo(1);
      proxy.cut();
      assertThatThrownBy(() -> ask(socket, 1)).isInstanceOf(IOException.class);
    }
    try (Socket socket = connect()) {
      assertThat(ask(socket, 2)).isEqualTo(2);
    }
  }

  @Test
  void refusesUntilItPassesAgain() throws IOException {
    proxy.refuse();
    try (Socket socket = connect()) {
      assertThatThrownBy(
              () -> {
                if (ask(socket, 1) < 0) {
                  throw new IOException("ended");
                }
              })
          .isInstanceOf(IOException.class);
    }
    proxy.pass();
    try (Socket socket = connect()) {
      assertThat(ask(socket, 3)).isEqualTo(3);
    }
  }

  @Test
  void holdsBytesBackWhileItStalls() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, 1)).isEqualTo(1);
      proxy.stall();
      socket.getOutputStream().write(4);
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      proxy.pass();
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo(4);
    }
  }

  @Test
  void takesLongerWhenItDelaysOrThrottles() throws IOException {
    try (Socket socket = connect()) {
      proxy.delay(Duration.ofMillis(100));
      assertThat(nanos(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
      proxy.throttle(10);
      assertThat(nanos(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
    }
  }

  private static long nanos(Socket socket) throws IOException {
    long start = System.nanoTime();
    assertThat(ask(socket, 5)).isEqualTo(5);
    return System.nanoTime() - start;
  }

  @Test
  void leadsToAnotherServerOnTheSamePort() throws IOException {
    try (Echo other = new Echo(10);
        Socket before = connect()) {
      assertThat(ask(before, 1)).isEqualTo(1);
      proxy.pointTo(other.port());
      assertThatThrownBy(() -> ask(before, 1)).isInstanceOf(IOException.class);
      try (Socket after = connect()) {
        assertThat(ask(after, 1)).isEqualTo(11);
      }
    }
  }
}
