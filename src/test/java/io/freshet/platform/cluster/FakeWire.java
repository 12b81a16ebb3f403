package io.freshet.platform.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One node's connection to one of the servers, or to none. */
final class FakeWire implements InvalidationLog, SharedValues {
  private final Runnable pause;
  private final Supplier<Boolean> answerIsLost;
  private final Flaw flaw;
  private final List<Runnable> listeners = new ArrayList<>();
  private Optional<FakeServer> server = Optional.empty();
  String home = "";

  FakeWire(Runnable pause, Supplier<Boolean> answerIsLost, Flaw flaw) {
    this.pause = pause;
    this.answerIsLost = answerIsLost;
    this.flaw = flaw;
  }

  void connect(Optional<FakeServer> to) {
    if (flaw != Flaw.HOME_KNOWN_LATE) {
      listeners.forEach(Runnable::run);
    }
    server = to;
    home = to.map(FakeServer::home).orElse("");
  }

  @Override
  public Optional<String> home() {
    pause.run();
    boolean fits = server.isPresent() && server.get().home().equals(home);
    pause.run();
    return fits ? Optional.of(home) : Optional.empty();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void renew() {
    ask(
            () -> {
              now().flush();
              return true;
            })
        .toCompletableFuture()
        .join();
    connect(server);
  }

  /** What it answers, unless the server is away, is another one by now, or its answer gets lost. */
  private <T> CompletionStage<T> ask(Supplier<T> question) {
    pause.run();
    FakeServer at = server.orElse(null);
    if (at == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    if (!at.home().equals(home)) {
      connect(Optional.empty());
      return CompletableFuture.failedFuture(new IllegalStateException("another home"));
    }
    T answer = question.get();
    pause.run();
    return answerIsLost.get()
        ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
        : CompletableFuture.completedFuture(answer);
  }

  private FakeServer now() {
    return server.orElseThrow();
  }

  @Override
  public CompletionStage<?> append(Entry entry) {
    return ask(() -> {
      if (flaw != Flaw.NO_APPEND) {
        now().append(entry);
      }
      return true;
    });
  }

  @Override
  public CompletionStage<Tail> fetch(String life, long after) {
    return ask(() -> now().fetch(life, after));
  }

  @Override
  public CompletionStage<?> remove(String cache, long epoch, Collection<Long> ids) {
    return ask(() -> {
      if (flaw != Flaw.NO_REMOVE) {
        ids.forEach(id -> now().slots.remove(key(cache, epoch, id)));
      }
      return true;
    });
  }

  @Override
  public Map<Long, byte[]> look(String cache, long epoch, Collection<Long> ids, long token) {
    return await(
        ask(() -> {
          Map<Long, byte[]> found = new HashMap<>();
          for (Long id : ids) {
            FakeServer.Slot slot =
                now()
                    .slots
                    .computeIfAbsent(
                        key(cache, epoch, id), key -> new FakeServer.Slot(token, new byte[0]));
            if (slot.lease() == 0) {
              found.put(id, slot.value());
            }
          }
          return found;
        }));
  }

  @Override
  public void fill(String cache, long epoch, Map<Long, byte[]> values, long token) {
    var _ =
        ask(() -> {
          values.forEach((id, value) -> {
            FakeServer.Slot slot = now().slots.get(key(cache, epoch, id));
            boolean mine = slot != null && slot.lease() == token;
            if (mine || flaw == Flaw.FILLED_WITHOUT_LEASE) {
              now().slots.put(key(cache, epoch, id), new FakeServer.Slot(0, value));
            }
          });
          return true;
        });
  }

  private static String key(String cache, long epoch, long id) {
    return cache + " " + epoch + " " + id;
  }

  @Override
  public <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    while (!future.isDone()) {
      pause.run();
    }
    return future.join();
  }
}
