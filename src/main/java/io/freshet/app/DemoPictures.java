package io.freshet.app;

import io.freshet.account.AccountId;
import io.freshet.media.Media;
import io.freshet.media.Medium;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Ids;
import io.freshet.post.Creation;
import io.freshet.post.PgPostStore;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Some posts with pictures for the demo town, by people whom its guide follows. The pictures are
 * drawn, and go the way that everybody's pictures go.
 */
public final class DemoPictures {
  /** A post of the demo: its text, and the scenes in it. */
  private record Scenes(String text, List<Scene> scenes) {}

  private static final List<Scenes> POSTS =
      List.of(
          new Scenes("", List.of(Scene.HILLS)),
          new Scenes("Before the rain, and after it.", List.of(Scene.SEA, Scene.RAINBOW)),
          new Scenes(
              "Four ways to look at one evening.",
              List.of(Scene.DUSK, Scene.SEA, Scene.HILLS, Scene.NIGHT)));

  private final Jdbi jdbi;
  private final Ids ids;
  private final Media media;
  private final PgPostStore posts;

  private DemoPictures(FreshetConfig config, Database database, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.ids = new Ids(clock, 0);
    this.media = new MediaHost(config, jdbi, ids, clock).media();
    this.posts = new PgPostStore(jdbi, new Outbox(jdbi, new PgOutboxStore(jdbi, ids, clock)));
  }

  /**
   * Before the town is served.
   *
   * @param guide handle of the one who shall see them
   */
  public static void make(FreshetConfig config, Database database, String guide) {
    new DemoPictures(config, database, InstantSource.system()).make(guide);
  }

  private void make(String guide) {
    List<Long> authors =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT followee_id FROM follow JOIN account ON account.id = follower_id
                    WHERE handle = ? ORDER BY followee_id LIMIT ?
                    """)
                .bind(0, guide)
                .bind(1, POSTS.size())
                .mapTo(Long.class)
                .list());
    for (int i = 0; i < authors.size(); i++) {
      publish(authors.get(i), POSTS.get(i));
    }
  }

  private void publish(long author, Scenes draft) {
    List<Long> pictures = new ArrayList<>();
    for (Scene scene : draft.scenes()) {
      pictures.add(take(author, scene).id());
    }
    Post post =
        new Post(new PostId(ids.next()), new AccountId(author), draft.text(), 1, Optional.empty());
    posts.insert(new Creation(post, Optional.empty(), pictures));
  }

  private Medium take(long author, Scene scene) {
    Path desk = media.open();
    try {
      Path sent = desk.resolve("sent");
      Files.write(sent, scene.png());
      return media.take(author, sent, scene.alt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Media.clear(desk);
    }
  }
}
