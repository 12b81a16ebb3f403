package io.freshet.sdk;

import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ClientInfo;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.DuplicateSubscriptionException;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.JoinEvent;
import io.github.centrifugal.centrifuge.LeaveEvent;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.ResultCallback;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import io.github.centrifugal.centrifuge.ServerSubscribedEvent;
import io.github.centrifugal.centrifuge.ServerUnsubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionEventListener;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of centrifuge-java that writes down what it hears. Thread-safe. */
final class JavaReader implements AutoCloseable {
  private static final int MIN_DELAY_MILLIS = 50;
  private static final int MAX_DELAY_MILLIS = 300;
  private static final long CLOSE_MILLIS = 5_000;
  private static final long ANSWER_SECONDS = 15;

  final Journal journal = new Journal();
  final Client client;

  /** A subscription with a journal of its own. */
  record Listener(Subscription subscription, Journal journal) {}

  private JavaReader(int port, Options options) {
    options.setMinReconnectDelay(MIN_DELAY_MILLIS);
    options.setMaxReconnectDelay(MAX_DELAY_MILLIS);
    String address = "ws://127.0.0.1:" + port + "/connection/websocket";
    this.client = new Client(address, options, new ClientWriter(journal));
    client.connect();
  }

  static JavaReader connect(int port, Options options) {
    return new JavaReader(port, options);
  }

  static JavaReader connect(int port, String token) {
    Options options = new Options();
    options.setToken(token);
    return new JavaReader(port, options);
  }

  Listener subscribe(String channel, SubscriptionOptions options) {
    options.setMinResubscribeDelay(MIN_DELAY_MILLIS);
    options.setMaxResubscribeDelay(MAX_DELAY_MILLIS);
    Journal own = new Journal();
    try {
      Subscription subscription =
          client.newSubscription(channel, options, new SubscriptionWriter(own));
      subscription.subscribe();
      return new Listener(subscription, own);
    } catch (DuplicateSubscriptionException e) {
      throw new IllegalStateException(e);
    }
  }

  Listener subscribe(String channel) {
    Listener listener = subscribe(channel, new SubscriptionOptions());
    listener.journal().sees("subscribed");
    return listener;
  }

  /** Waits for the answer to a call; an error is thrown as the cause of an ExecutionException. */
  static <T> T answer(Consumer<ResultCallback<T>> call) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    call.accept((@Nullable Throwable error, T result) -> {
      if (error == null) {
        answer.complete(result);
      } else {
        answer.completeExceptionally(error);
      }
    });
    return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      client.close(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The client gives an empty publisher to what no client published. */
  private static String text(byte[] data, @Nullable ClientInfo info) {
    String by = info == null || info.getUser().isEmpty() ? "" : " by " + info.getUser();
    return new String(data, StandardCharsets.UTF_8) + by;
  }

  private static String recovery(boolean wasRecovering, boolean isRecovered) {
    return wasRecovering ? (isRecovered ? ", recovered" : ", not recovered") : "";
  }

  private static final class ClientWriter extends EventListener {
    private final Journal journal;

    ClientWriter(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void onConnecting(Client from, ConnectingEvent event) {
      journal.write("connecting " + event.getCode());
    }

    @Override
    public void onConnected(Client from, ConnectedEvent event) {
      journal.write("connected");
    }

    @Override
    public void onDisconnected(Client from, DisconnectedEvent event) {
      journal.write("disconnected " + event.getCode());
    }

    @Override
    public void onSubscribed(Client from, ServerSubscribedEvent event) {
      String recovery = recovery(event.wasRecovering(), event.getRecovered());
      journal.write("subscribed " + event.getChannel() + recovery);
    }

    @Override
    public void onUnsubscribed(Client from, ServerUnsubscribedEvent event) {
      journal.write("unsubscribed " + event.getChannel());
    }

    @Override
    public void onPublication(Client from, ServerPublicationEvent event) {
      journal.write(event.getChannel() + ": " + text(event.getData(), event.getInfo()));
    }
  }

  private static final class SubscriptionWriter extends SubscriptionEventListener {
    private final Journal journal;

    SubscriptionWriter(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void onSubscribing(Subscription from, SubscribingEvent event) {
      journal.write("subscribing " + event.getCode());
    }

    @Override
    public void onSubscribed(Subscription from, SubscribedEvent event) {
      journal.write("subscribed" + recovery(event.wasRecovering(), event.getRecovered()));
    }

    @Override
    public void onUnsubscribed(Subscription from, UnsubscribedEvent event) {
      journal.write("unsubscribed " + event.getCode());
    }

    @Override
    public void onPublication(Subscription from, PublicationEvent event) {
      journal.write(text(event.getData(), event.getInfo()));
    }

    @Override
    public void onJoin(Subscription from, JoinEvent event) {
      journal.write("join " + event.getInfo().getUser());
    }

    @Override
    public void onLeave(Subscription from, LeaveEvent event) {
      journal.write("leave " + event.getInfo().getUser());
    }
  }
}
