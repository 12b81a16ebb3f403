package io.freshet.queue;

import io.freshet.platform.Json;

/**
 * A piece of work: its topic names the handler, its body is that handler's JSON. May be handled
 * twice and in any order.
 */
public record Task(String topic, Lane lane, byte[] body) {

  /** A task whose body is this record as JSON. */
  public static Task of(String topic, Lane lane, Record body) {
    return new Task(topic, lane, Json.bytes(body));
  }
}
