package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalStreamsTest extends StreamsContract {
  private final MovableClock clock = new MovableClock();
  private final LocalStreams streams = new LocalStreams(clock, new SecureRandom());

  @Override
  protected Streams streams() {
    return streams;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Test
  void freesWhatHasEnded() {
    streams.touch(List.of("a", "b"), KEEPING);
    pass(KEEPING.age().minusSeconds(1));
    streams.touch(List.of("a"), KEEPING);
    streams.sweep();
    assertThat(streams.size()).isEqualTo(2);
    pass(Duration.ofSeconds(2));
    streams.sweep();
    assertThat(streams.size()).isEqualTo(1);
  }
}
