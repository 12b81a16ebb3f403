package io.freshet.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.live.Publisher;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Json;
import io.freshet.post.CommentAdded;
import io.freshet.post.CommentDeleted;
import io.freshet.post.CountsChanged;
import io.freshet.post.Handles;
import io.freshet.post.Interactions;
import io.freshet.post.PostId;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import io.freshet.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostWorkerTest {
  private static final Database DATABASE = TestDatabase.open();
  private static final io.freshet.account.AccountId ANNA = new io.freshet.account.AccountId(1);
  private static final io.freshet.account.AccountId BOB = new io.freshet.account.AccountId(2);
  private static final PostId POST = new PostId(101);

  private final List<String> heard = new ArrayList<>();
  private boolean away;
  private final Interactions interactions = interactions();
  private final PostWorker worker = new PostWorker(interactions, new PostEvents(new Ear()));

  /** Hears what is published to the post's channel, each key once. */
  private final class Ear implements Publisher {
    private final Set<String> keys = new java.util.HashSet<>();

    @Override
    public void publish(String channel, byte[] json, String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> listening(List<String> channels) {
      return Set.copyOf(channels);
    }

    @Override
    public void publishToListeners(List<String> channels, byte[] json, String key) {
      if (away) {
        throw new IllegalStateException("away");
      }
      assertThat(channels).containsExactly("post:101");
      if (keys.add(key)) {
        heard.add(new String(json, StandardCharsets.UTF_8));
      }
    }

    @Override
    public void reconsider(List<String> users, byte[] news) {
      throw new UnsupportedOperationException();
    }
  }

  private static Interactions interactions() {
    DATABASE
        .jdbi()
        .useHandle(handle -> {
          handle.execute("TRUNCATE account, outbox CASCADE");
          handle.execute(
              "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 2) i");
          handle.execute("INSERT INTO post (id, author_id, text) VALUES (101, 1, 'a post')");
        });
    InstantSource clock = InstantSource.system();
    Ids ids = new Ids(clock, 0);
    Outbox outbox = new Outbox(DATABASE.jdbi(), new PgOutboxStore(DATABASE.jdbi(), ids, clock));
    return Interactions.on(
        DATABASE.jdbi(), outbox, Handles.none(), ids, clock, Invalidations.none());
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private void count() {
    worker.countsChanged(new CountsChanged(POST.value()));
  }

  @Test
  void tellsTheFirstChangeAtOnceAndThenOnceARound() {
    interactions.likes().put(ANNA, POST);
    count();
    assertThat(heard)
        .containsExactly(
            "{\"event\":\"counts\",\"post\":\"101\",\"likes\":1,\"comments\":0,\"shares\":0,\"version\":1}");
    interactions.likes().put(BOB, POST);
    count();
    interactions.likes().remove(ANNA, POST);
    count();
    assertThat(heard).hasSize(1);
    worker.runOnce();
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).contains("\"likes\":1", "\"version\":3");
    worker.runOnce();
    worker.runOnce();
    assertThat(heard).hasSize(2);
    interactions.likes().remove(BOB, POST);
    count();
    assertThat(heard.getLast()).contains("\"likes\":0");
  }

  @Test
  void countsInTheLaneOfNotices() throws Exception {
    byte[] body = Json.bytes(new CountsChanged(POST.value()));
    List<Task> next = requireNonNull(worker.handlers().get(CountsChanged.TOPIC)).handle(body);
    assertThat(heard).isEmpty();
    assertThat(next).extracting(Task::lane).containsExactly(Lane.NOTICES);
    interactions.likes().put(ANNA, POST);
    Task counting = next.getFirst();
    requireNonNull(worker.handlers().get(counting.topic())).handle(counting.body());
    assertThat(heard).hasSize(1);
  }

  @Test
  void tellsAgainWhatItCouldNotTell() {
    interactions.likes().put(ANNA, POST);
    away = true;
    assertThatThrownBy(this::count).isInstanceOf(IllegalStateException.class);
    away = false;
    count();
    count();
    worker.runOnce();
    assertThat(heard).hasSize(1);
    interactions.likes().put(BOB, POST);
    count();
    away = true;
    assertThatThrownBy(worker::runOnce).isInstanceOf(IllegalStateException.class);
    away = false;
    worker.runOnce();
    assertThat(heard).hasSize(2);
  }

  @Test
  void tellsOfACommentOnlyWhileItIsThere() {
    long first = add("first");
    long second = add("second");
    interactions.comments().delete(BOB, new io.freshet.post.CommentId(second));
    worker.commentDeleted(new CommentDeleted(second, POST.value()));
    worker.commentAdded(new CommentAdded(second, POST.value()));
    worker.commentAdded(new CommentAdded(first, POST.value()));
    worker.commentAdded(new CommentAdded(first, POST.value()));
    assertThat(heard)
        .containsExactly(
            "{\"event\":\"comment-removed\",\"post\":\"101\",\"id\":\"" + second + "\"}",
            "{\"event\":\"comment\",\"post\":\"101\",\"id\":\"" + first + "\"}");
  }

  private long add(String text) {
    return interactions.comments().add(BOB, POST, text, Optional.empty()).comment().id().value();
  }
}
