package io.freshet.contract;

import io.freshet.queue.LocalQueue;
import io.freshet.queue.Queue;
import io.freshet.queue.Task;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

class LocalQueueContractTest extends QueueContract {
  private final AtomicInteger deadLetters = new AtomicInteger();
  private LocalQueue queue = new LocalQueue(InstantSource.system(), RETRIES);

  @Override
  protected Queue queue() {
    return queue;
  }

  @Override
  protected void restartTheProcess() {
    queue = new LocalQueue(InstantSource.system(), RETRIES);
  }

  @Override
  protected int deadLetters() {
    return deadLetters.get();
  }

  @Override
  protected void failed(Task task) {
    deadLetters.incrementAndGet();
  }
}
