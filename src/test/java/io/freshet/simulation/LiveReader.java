package io.freshet.simulation;

import io.freshet.account.AccountId;
import io.freshet.live.Position;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectRequest;
import io.freshet.live.protocol.ConnectResult;
import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.SubscribeRequest;
import io.freshet.live.protocol.SubscribeResult;
import io.freshet.platform.Json;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reader whose screen follows the feed: connects, then loads the feed's head, then applies what
 * is heard; comes back with the positions it has after it was cut off. Does one thing at a time.
 */
final class LiveReader {
  private static final int PAGE = 4;

  private final long viewer;
  private final SimDatabase database;
  private final Checks checks;
  private final Supplier<SimProcess> process;
  private final Hazards hazards;
  private final Queue<Reply> inbox = new ArrayDeque<>();
  private final Map<String, Position> positions = new TreeMap<>();
  private final Screen screen;
  private Optional<SimTransport> transport = Optional.empty();
  private Instant connectedAt = Instant.MIN;
  private Instant loadedAt = Instant.MIN;
  private boolean wantsToBeConnected;
  private boolean isBusy;
  private boolean mustLoad = true;

  LiveReader(
      long viewer,
      SimDatabase database,
      Checks checks,
      Supplier<SimProcess> process,
      Hazards hazards) {
    this.viewer = viewer;
    this.database = database;
    this.checks = checks;
    this.process = process;
    this.hazards = hazards;
    this.screen = new Screen(viewer);
  }

  void open() {
    wantsToBeConnected = true;
  }

  /** What was under way to the reader is lost too. */
  void cut() {
    transport.ifPresent(SimTransport::cut);
    inbox.clear();
  }

  /** The server has died; code of this reader that was under way is not gone on with. */
  void crash() {
    transport.ifPresent(SimTransport::crash);
    inbox.clear();
    mustLoad |= isBusy;
    isBusy = false;
  }

  boolean isConnected() {
    return wantsToBeConnected;
  }

  boolean hasWork() {
    return wantsToBeConnected && !isBusy && (!inbox.isEmpty() || !isOpen() || mustLoad);
  }

  private boolean isOpen() {
    return transport.isPresent() && transport.get().isOpen();
  }

  void work() {
    isBusy = true;
    try {
      if (!inbox.isEmpty()) {
        hear(inbox.remove());
      } else if (!isOpen()) {
        connect();
      } else {
        load();
      }
    } catch (Simulation.Killed e) {
      // The request hung on another client's, which was killed.
      mustLoad = true;
    } finally {
      isBusy = false;
    }
  }

  private void connect() {
    if (mustLoad && hazards.on(Hazard.SNAPSHOT_BEFORE_CONNECT)) {
      load();
    }
    ConnectRequest.Builder request =
        ConnectRequest.newBuilder().setToken(SimLive.TOKENS.get((int) viewer));
    positions.forEach((channel, position) ->
        request.putSubs(
            channel,
            SubscribeRequest.newBuilder()
                .setRecover(true)
                .setEpoch(position.epoch())
                .setOffset(position.offset())
                .build()));
    SimTransport opened = new SimTransport(process.get().live(), inbox);
    transport = Optional.of(opened);
    connectedAt = database.clock.instant();
    opened.say(Command.newBuilder().setId(1).setConnect(request).build());
  }

  private void hear(Reply reply) {
    Push push = reply.getPush();
    if (reply.hasConnect()) {
      connected(reply.getConnect());
    } else if (push.hasPub()) {
      hear(push.getChannel(), push.getPub());
    } else if (push.hasSubscribe()) {
      Position told = new Position(push.getSubscribe().getOffset(), push.getSubscribe().getEpoch());
      positions.put(push.getChannel(), told);
      mustLoad = true;
    } else if (push.hasUnsubscribe()) {
      positions.remove(push.getChannel());
      mustLoad = true;
    } else {
      throw new AssertionError(reply);
    }
  }

  private void connected(ConnectResult result) {
    boolean isWhole = positions.keySet().equals(result.getSubsMap().keySet());
    positions.keySet().retainAll(result.getSubsMap().keySet());
    List<Map.Entry<String, Publication>> missed = new ArrayList<>();
    for (Map.Entry<String, SubscribeResult> sub : result.getSubsMap().entrySet()) {
      SubscribeResult told = sub.getValue();
      isWhole &= isRecovered(told);
      if (!told.getRecovered() || told.getPublicationsCount() == 0) {
        positions.put(sub.getKey(), new Position(told.getOffset(), told.getEpoch()));
      }
      told.getPublicationsList()
          .forEach(publication -> missed.add(Map.entry(sub.getKey(), publication)));
    }
    mustLoad |= !isWhole && !hazards.on(Hazard.SNAPSHOT_BEFORE_CONNECT);
    missed.forEach(each -> hear(each.getKey(), each.getValue()));
  }

  private boolean isRecovered(SubscribeResult told) {
    return told.getRecovered() || (told.getWasRecovering() && hazards.on(Hazard.RECOVERS_A_PART));
  }

  private void hear(String channel, Publication publication) {
    Position at = positions.getOrDefault(channel, new Position(-1, ""));
    if (publication.getOffset() != at.offset() + 1) {
      throw new AssertionError(
          "G7: %s hears %d after %d in %s"
              .formatted(viewer, publication.getOffset(), at.offset(), channel));
    }
    positions.put(channel, new Position(publication.getOffset(), at.epoch()));
    apply(Json.read(publication.getData().toByteArray(), ObjectNode.class));
  }

  private void apply(ObjectNode event) {
    long post = event.path("post").asLong(0);
    switch (event.path("event").asString()) {
      case "inserted" -> {
        if (screen.reaches(post)) {
          fetch(post);
        }
      }
      case "updated" -> {
        if (screen.shows(post)) {
          fetch(post);
        }
      }
      case "removed" -> screen.remove(post);
      case "reset" -> mustLoad = true;
      default -> throw new AssertionError(event);
    }
  }

  private void fetch(long id) {
    process
        .get()
        .feeds
        .post(Optional.of(new AccountId(viewer)), new PostId(id))
        .flatMap(this::rendered)
        .ifPresentOrElse(screen::show, () -> screen.remove(id));
  }

  /** As it is answered: a share with what it shows, if that is still there. */
  private Optional<Post> rendered(Post post) {
    return post.original().isEmpty()
        ? Optional.of(post)
        : post.original()
            .flatMap(process.get().posts::find)
            .map(original -> post.showing(original.version()));
  }

  private void load() {
    Instant now = database.clock.instant();
    SimProcess asked = process.get();
    List<Page<Post>> loaded = new ArrayList<>();
    checks.read(
        viewer,
        () -> {
          loaded.add(asked.feeds.page(new AccountId(viewer), Long.MAX_VALUE, PAGE));
          return loaded.getFirst().items();
        });
    List<Post> items =
        loaded.getFirst().items().stream().flatMap(post -> rendered(post).stream()).toList();
    screen.load(items, loaded.getFirst().next().orElse(0));
    loadedAt = now;
    mustLoad = false;
  }

  /** Nobody is told that a mute has run out: the reader who set its end loads the feed then. */
  boolean hasMuteEnded() {
    return database.graph.hasMuteEnded(viewer, loadedAt, database.clock.instant());
  }

  /** Nor is it seen before the next look that an author's channel belongs to the reader again. */
  boolean mayLackChannels() {
    return database.graph.hasMuteEnded(viewer, connectedAt, database.clock.instant());
  }

  void reload() {
    mustLoad = true;
  }

  /** G7: at rest the screen shows what the feed holds, as far as it reaches. */
  void check(Truth truth) {
    Map<Long, Integer> expected = new TreeMap<>();
    Set<Long> feed = Set.copyOf(truth.feed(viewer));
    for (Post post : truth.posts().living()) {
      if (feed.contains(post.id().value()) && screen.reaches(post.id().value())) {
        expected.put(post.id().value(), truth.version(post));
      }
    }
    if (!expected.equals(screen.versions())) {
      throw new AssertionError(
          "G7: screen of %d shows %s from %d, not %s"
              .formatted(viewer, screen.versions(), screen.floor(), expected));
    }
  }
}
