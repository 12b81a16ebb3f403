package io.freshet.app;

import io.freshet.live.Publisher;
import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.Traces;
import java.util.List;
import java.util.Set;

/** A publisher whose publishes are steps of the trace that they are made in. */
record TracedPublisher(Publisher publisher, Traces traces) implements Publisher {
  private static final String NAME = "live publish";

  @Override
  public void publish(String channel, byte[] json, String key) {
    in(1, () -> publisher.publish(channel, json, key));
  }

  @Override
  public Set<String> listening(List<String> channels) {
    return publisher.listening(channels);
  }

  @Override
  public void publishToListeners(List<String> channels, byte[] json, String key) {
    in(channels.size(), () -> publisher.publishToListeners(channels, json, key));
  }

  @Override
  public void reconsider(List<String> users, byte[] news) {
    in(users.size(), () -> publisher.reconsider(users, news));
  }

  private void in(int channels, Runnable publish) {
    try (Step step = traces.within(NAME, Traces.Kind.PRODUCER)) {
      step.note("freshet.channels", channels);
      try {
        publish.run();
      } catch (RuntimeException e) {
        step.failed(e);
        throw e;
      }
    }
  }
}
