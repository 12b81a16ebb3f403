package io.freshet.bench;

import io.freshet.platform.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Live clients, thousands of them, on one thread. They come from several addresses of this machine,
 * because one has too few ports.
 */
final class Crowd implements AutoCloseable {
  /** One address has 28,000 ports for outgoing connections, those that are just gone included. */
  private static final int CLIENTS_AN_ADDRESS = 5_000;

  private static final int BUFFER = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int REFRESH_MILLIS = 1_000;

  private final InetSocketAddress server;
  private final CrowdEars ears = new CrowdEars();
  private final Selector selector;
  private final List<CrowdSocket> sockets = new ArrayList<>();
  private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
  private final Deque<Integer> toOpen = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Thread thread;
  private int atOnce;
  private int opening;
  private volatile Optional<Exception> failure = Optional.empty();
  private volatile boolean isClosed;

  Crowd(int port) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.selector = Selector.open();
    this.thread = Thread.ofPlatform().name("crowd").start(this::run);
  }

  CrowdEars ears() {
    return ears;
  }

  /** Opens a connection with each token, at most so many at once. Returns at once. */
  void open(List<String> tokens, int mostAtOnce) {
    wish(() -> {
      atOnce = mostAtOnce;
      for (String token : tokens) {
        toOpen.add(sockets.size());
        sockets.add(new CrowdSocket(token, ears));
      }
    });
  }

  /** Cuts all connections, and has them all come back. Returns at once. */
  void storm(int mostAtOnce) {
    wish(() -> {
      cutAll();
      atOnce = mostAtOnce;
      for (int i = 0; i < sockets.size(); i++) {
        toOpen.add(i);
      }
    });
  }

  /** Waits until connections were opened so many times since the beginning. */
  void awaitConnects(int wanted) {
    try (ProgressBar bar = bar(wanted)) {
      boolean isDone =
          Patience.await(
              PATIENCE,
              () -> {
                bar.stepTo(ears.connects());
                return ears.connects() >= wanted || failure.isPresent();
              });
      failIfBroken();
      if (!isDone) {
        throw new IllegalStateException(
            "only %,d of %,d connections were opened".formatted(ears.connects(), wanted));
      }
    }
  }

  /** Keeps the connections open for so long. */
  void hold(int seconds) {
    System.err.printf("Holding the connections for %d s…%n", seconds);
    Patience.await(Duration.ofSeconds(seconds), () -> failure.isPresent());
    failIfBroken();
  }

  private static ProgressBar bar(int total) {
    return new ProgressBarBuilder()
        .setTaskName("connecting")
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .build();
  }

  /** Throws what has gone wrong, if anything has. */
  void failIfBroken() {
    failure.ifPresent(e -> {
      throw new IllegalStateException("a live client failed: " + e.getMessage(), e);
    });
  }

  private void wish(Runnable work) {
    wishes.add(work);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!isClosed) {
        for (Runnable wish = wishes.poll(); wish != null; wish = wishes.poll()) {
          wish.run();
        }
        openMore();
        selector.select(this::serve);
      }
      cutAll();
      selector.close();
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void openMore() throws IOException {
    while (opening < atOnce && !toOpen.isEmpty()) {
      int number = toOpen.remove();
      opening++;
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      // A cut leaves no trace on this side, or its ports would be taken for a minute.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      byte[] address = {127, 0, 0, (byte) (2 + number / CLIENTS_AN_ADDRESS)};
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
      CrowdSocket socket = sockets.get(number);
      socket.use(channel);
      boolean connected = channel.connect(server);
      channel.register(
          selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, socket);
      if (connected) {
        socket.sayHello();
      }
    }
  }

  private void serve(SelectionKey key) {
    CrowdSocket socket = (CrowdSocket) key.attachment();
    try {
      if (key.isConnectable()) {
        ((SocketChannel) key.channel()).finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        socket.sayHello();
        return;
      }
      boolean wasOpen = socket.isOpen();
      if (!socket.read(buffer, System.nanoTime())) {
        throw new IOException("the server has left");
      }
      if (socket.isOpen() && !wasOpen) {
        opening--;
      }
    } catch (IOException e) {
      key.cancel();
      failure = Optional.of(e);
    }
  }

  private void cutAll() {
    toOpen.clear();
    opening = 0;
    try {
      for (CrowdSocket socket : sockets) {
        socket.cut();
      }
      // Only this gives the closed ones' files back.
      selector.selectNow();
      selector.selectedKeys().clear();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
