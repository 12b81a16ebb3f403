package io.freshet.web.live;

import static org.awaitility.Awaitility.await;

import io.freshet.live.Disconnect;
import io.freshet.live.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sessions that do what the test does: they note what they hear and say what they are told. */
final class FakeSessions implements Function<Transport, Session> {
  private final BlockingQueue<Fake> opened = new LinkedBlockingQueue<>();

  @Override
  public Session apply(Transport transport) {
    Fake session = new Fake(transport);
    opened.add(session);
    return session;
  }

  /** The one that was opened next. */
  Fake next() {
    try {
      Fake session = opened.poll(10, TimeUnit.SECONDS);
      if (session == null) {
        throw new AssertionError("nobody has come");
      }
      return session;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Says every frame back that begins with "say ". */
  static final class Fake implements Session {
    final Transport transport;
    final List<byte[]> frames = new CopyOnWriteArrayList<>();
    final List<Disconnect> closes = new CopyOnWriteArrayList<>();
    volatile boolean isGone;

    Fake(Transport transport) {
      this.transport = transport;
    }

    @Override
    public void receive(byte[] frame) {
      frames.add(frame);
      if (new String(frame, StandardCharsets.UTF_8).startsWith("fail")) {
        throw new IllegalStateException("asked for");
      }
      if (new String(frame, StandardCharsets.UTF_8).startsWith("say ")) {
        say(new String(frame, StandardCharsets.UTF_8).substring(4));
      }
    }

    void say(String... messages) {
      try {
        transport.write(
            java.util.Arrays.stream(messages)
                .map(it -> it.getBytes(StandardCharsets.UTF_8))
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String heard(int index) {
      await().until(() -> frames.size() > index);
      return new String(frames.get(index), StandardCharsets.UTF_8);
    }

    @Override
    public void gone() {
      isGone = true;
    }

    void awaitGone() {
      await().until(() -> isGone);
    }

    @Override
    public void close(Disconnect disconnect) {
      closes.add(disconnect);
      transport.close(disconnect);
    }
  }
}
