package io.freshet.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What has happened to a client or a subscription, as lines of text in order. Thread-safe. */
final class Journal {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<String> lines = new CopyOnWriteArrayList<>();

  void write(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits until the lines contain these, in this order, with others between them or not. */
  void sees(String... expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(lines).containsSubsequence(expected));
  }
}
