package io.freshet.platform.redis;

import java.util.concurrent.CompletionStage;

/** Waits for an answer of Redis, up to the timeout. */
interface Awaiting {
  <T> T await(CompletionStage<T> stage);
}
