package io.freshet.outbox;

import io.freshet.platform.Json;

/** Something that has happened: a topic and the JSON of the producer's record. */
public record Event(String topic, byte[] body) {

  public static Event of(String topic, Record body) {
    return new Event(topic, Json.bytes(body));
  }
}
