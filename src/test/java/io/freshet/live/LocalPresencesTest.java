package io.freshet.live;

import io.freshet.testkit.MovableClock;
import java.time.Duration;

class LocalPresencesTest extends PresencesContract {
  private final MovableClock clock = new MovableClock();
  private final LocalPresences presences = new LocalPresences(clock);

  @Override
  protected Presences presences() {
    return presences;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
