package io.freshet.queue;

import io.freshet.platform.Json;
import java.util.Optional;

/**
 * A piece of work: its topic names the handler, its body is that handler's JSON. May be handled
 * twice and in any order.
 *
 * @param trace the step of a trace that it follows (see {@link
 *     io.freshet.platform.trace.Step#trace}), if it is traced
 */
public record Task(String topic, Lane lane, byte[] body, Optional<String> trace) {

  /** One that is not traced. */
  public Task(String topic, Lane lane, byte[] body) {
    this(topic, lane, body, Optional.empty());
  }

  /** A task whose body is this record as JSON. */
  public static Task of(String topic, Lane lane, Record body) {
    return new Task(topic, lane, Json.bytes(body));
  }

  /** The same, following this step. */
  public Task in(Optional<String> step) {
    return new Task(topic, lane, body, step);
  }
}
