package io.freshet.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final byte[] BODY = {1};

  private static TaskHandler following(String topic) {
    return body -> List.of(new Task(topic, Lane.EVENTS, body));
  }

  private static List<String> following(Topics topics, String topic) {
    return Objects.requireNonNull(topics.handlers().get(topic)).handle(BODY).stream()
        .map(Task::topic)
        .toList();
  }

  @Test
  void hasAnEventWorkedByOneAndFollowedByTheTasksOfOthers() {
    Topics topics =
        new Topics()
            .worked(Map.of("event", following("first")))
            .followed(Map.of("event", following("second"), "other", following("third")))
            .followed(Map.of("event", following("fourth")));
    assertThat(following(topics, "event")).containsExactly("first", "second", "fourth");
    assertThat(following(topics, "other")).containsExactly("third");
  }

  @Test
  void refusesASecondWorker() {
    Topics topics = new Topics().worked(Map.of("event", following("first")));
    assertThatThrownBy(() -> topics.worked(Map.of("event", following("second"))))
        .hasMessageContaining("event");
  }

  @Test
  void isFollowedByNothingWhenTheWorkFails() {
    Topics topics =
        new Topics()
            .worked(
                Map.of(
                    "event",
                    body -> {
                      throw new IllegalStateException("not now");
                    }))
            .followed(Map.of("event", following("second")));
    assertThatThrownBy(() -> following(topics, "event")).hasMessage("not now");
  }
}
