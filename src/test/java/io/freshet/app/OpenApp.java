package io.freshet.app;

import io.freshet.feed.FeedBuilder;
import io.freshet.feed.FeedStore;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Viewers;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** A Freshet in this process, without HTTP, whose parts a benchmark can touch. */
public final class OpenApp implements AutoCloseable {
  private static final int REBUILD_BATCH = 200;

  private final Closing closing = new Closing();
  private final Core core;
  private final Workers workers;

  /** Starts it with everything that works in the background. */
  public OpenApp(FreshetConfig config) {
    try {
      DatabaseHost host = closing.add(DatabaseHost.open(config));
      core = new Core(config, host.database(), Optional.empty(), InstantSource.system());
      Metrics metrics = new Metrics();
      LiveHost live = closing.add(LiveHost.start(core, metrics));
      workers = closing.add(Workers.start(core, live, config.roles(), metrics));
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  public Jdbi jdbi() {
    return core.jdbi;
  }

  public FeedStore feedStore() {
    return core.feedStore;
  }

  public FeedBuilder feedBuilder() {
    return core.feedBuilder;
  }

  public GraphStore graph() {
    return core.graph;
  }

  public Viewers viewers() {
    return core.viewers;
  }

  public Posts posts() {
    return core.posts;
  }

  public PostStore postStore() {
    return core.postStore;
  }

  /** Hands all accounts to the work in batches, as {@code feeds rebuild --all} does. */
  public long walk(Consumer<List<Long>> work) {
    return new AccountWalk(core.jdbi, REBUILD_BATCH).run("accounts", Progress.SILENT, work);
  }

  /** Rebuilds every feed, out of the database alone. */
  public long rebuildAll() {
    core.forgetAll();
    return walk(core.feedBuilder::buildAll);
  }

  /** Sees that every feed is stored; builds overtaken by the warm-up are done again. */
  public void storeAll() {
    for (int tries = 0; tries < 3; tries++) {
      long built = rebuildAll();
      if (core.feedStore.size().stream().allMatch(stored -> stored == built)) {
        return;
      }
    }
    throw new IllegalStateException("not all feeds fit into the store");
  }

  /** Events not yet worked. */
  public long backlog() {
    return workers.backlog();
  }

  @Override
  public void close() {
    closing.close();
  }
}
