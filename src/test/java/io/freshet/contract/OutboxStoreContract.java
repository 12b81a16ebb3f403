package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.outbox.Event;
import io.freshet.outbox.OutboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox does. */
public abstract class OutboxStoreContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** The outbox under test, empty at the beginning of each test. */
  protected abstract OutboxStore outbox();

  /** Saves an event as a writer does, at {@link #NOW}. */
  protected abstract void append(Event event);

  @Test
  void givesEachRowToOneRelayUntilItsLeaseEnds() {
    append(event("a"));
    append(event("b"));
    List<OutboxStore.Row> first = claim(1, NOW);
    List<OutboxStore.Row> second = claim(10, NOW);
    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(claim(10, NOW.plusSeconds(9))).isEmpty();
    assertThat(claim(10, NOW.plusSeconds(11))).hasSize(2);
  }

  @Test
  void keepsRenewedClaims() {
    append(event("a"));
    List<Long> ids = ids(claim(10, NOW));
    outbox().renew(ids, NOW.plusSeconds(30));
    assertThat(claim(10, NOW.plusSeconds(11))).isEmpty();
    outbox().releaseAll();
    assertThat(ids(claim(10, NOW.plusSeconds(11)))).isEqualTo(ids);
  }

  @Test
  void forgetsDeletedRows() {
    append(event("a"));
    outbox().delete(ids(claim(10, NOW)));
    outbox().releaseAll();
    assertThat(claim(10, NOW)).isEmpty();
    assertThat(outbox().stats(NOW).waiting()).isZero();
  }

  @Test
  void givesTheEventAsItWasSaved() {
    append(event("a"));
    Event claimed = claim(10, NOW).getFirst().event();
    assertThat(claimed.topic()).isEqualTo("a");
    assertThat(claimed.body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
  }

  private static Event event(String topic) {
    return new Event(topic, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private List<OutboxStore.Row> claim(int limit, Instant now) {
    return outbox().claim(limit, now, now.plus(LEASE));
  }

  private static List<Long> ids(List<OutboxStore.Row> rows) {
    return rows.stream().map(OutboxStore.Row::id).toList();
  }
}
