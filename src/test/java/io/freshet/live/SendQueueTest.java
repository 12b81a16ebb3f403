package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private final Queue<Runnable> writers = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private boolean isBroken;

  private final Transport transport =
      new Transport() {
        @Override
        public Encoding encoding() {
          return Encoding.JSON;
        }

        @Override
        public boolean isEmulated() {
          return false;
        }

        @Override
        public void write(List<byte[]> messages) throws IOException {
          if (isBroken) {
            throw new IOException("broken");
          }
          messages.forEach(message -> written.add("" + message.length));
        }

        @Override
        public void close(Disconnect disconnect) {
          written.add("close " + disconnect.code());
        }
      };

  private final SendQueue queue = new SendQueue(transport, writers::add, 100);

  private void runWriters() {
    while (!writers.isEmpty()) {
      writers.remove().run();
    }
  }

  @Test
  void writesInOrderByOneThreadThatEndsWhenAllIsWritten() {
    assertThat(queue.add(new byte[1])).isTrue();
    assertThat(queue.add(new byte[2])).isTrue();
    assertThat(writers).hasSize(1);
    runWriters();
    assertThat(queue.add(new byte[3])).isTrue();
    assertThat(writers).hasSize(1);
    runWriters();
    assertThat(written).containsExactly("1", "2", "3");
  }

  @Test
  void refusesMoreThanItsBytesWhileTheClientTakesNothing() {
    assertThat(queue.add(new byte[60])).isTrue();
    assertThat(queue.add(new byte[40])).isTrue();
    assertThat(queue.add(new byte[1])).isFalse();
  }

  @Test
  void takesAMessageLargerThanItsBytesWhenNothingWaits() {
    assertThat(queue.add(new byte[500])).isTrue();
    runWriters();
    assertThat(written).containsExactly("500");
  }

  @Test
  void saysGoodbyeAfterAllThatWaits() {
    queue.add(new byte[1]);
    queue.end(Disconnect.SHUTDOWN);
    queue.add(new byte[2]);
    runWriters();
    assertThat(written).containsExactly("1", "close 3001");
  }

  @Test
  void dropsAConnectionThatCannotBeWrittenTo() {
    isBroken = true;
    queue.add(new byte[1]);
    runWriters();
    assertThat(written).containsExactly("close 3000");
  }
}
