package io.freshet.app;

import io.freshet.app.status.Sampling;
import io.freshet.platform.Audit;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.platform.log.Logs;
import io.freshet.platform.redis.Redis;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.Resource;
import io.freshet.web.Traffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * A Freshet in this process, with the roles that its settings name. It starts from the ground up
 * (database, core, workers, management, then the public server) and stops the other way round; what
 * fails to start leaves nothing running.
 */
public final class App implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** What running requests get to finish when Freshet stops. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Closing closing = new Closing();
  private final Map<String, Operation> operations;
  private final OptionalInt httpPort;
  private final Core core;
  private final LiveHost live;

  private App(FreshetConfig config, Set<Role> roles, boolean serve, Consumer<Database> prepare) {
    // From the first moment, so that a signal during a long start leaves nothing running either.
    closing.closeAtExit();
    try {
      DatabaseHost host = closing.add(DatabaseHost.open(config));
      closing.add(lock(config, host.database()));
      prepare.accept(host.database());
      Optional<Redis> redis = config.redis().url().map(_ -> Redis.open(config.redis()));
      redis.ifPresent(closing::add);
      this.core = new Core(config, host.database(), redis, InstantSource.system());
      closeLast();
      Logs.use(config.log(), core::number);
      findCelebrities(core, serve);
      Metrics metrics = closing.add(new Metrics());
      redis.ifPresent(shared -> shared.measure(metrics));
      this.live = closing.add(LiveHost.start(core, metrics));
      Workers workers = closing.add(Workers.start(core, live, roles, metrics));
      if (roles.contains(Role.SCHEDULER)) {
        Periodic periodic = new Periodic(core, workers.queue()::isQuiet);
        periodic.measure(metrics);
        DataSource pool = host.database().dataSource();
        closing.add(Schedule.start(pool, core.clock, periodic.tasks()));
      }
      this.operations = audited(new Operations(core, workers).byName());
      Management management = closing.add(Management.start(operations));
      this.httpPort = serve ? OptionalInt.of(serve(roles, metrics)) : OptionalInt.empty();
      closing.add(() -> RunFile.delete(config.home()));
      RunFile.write(
          config.home(),
          new RunFile(
              ProcessHandle.current().pid(),
              httpPort.orElse(0),
              management.port(),
              management.secret(),
              host.database().address()));
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  /**
   * With the public server; without the role web it answers probes only.
   *
   * @param prepare is handed the migrated database before anything reads it
   */
  public static App serve(FreshetConfig config, Consumer<Database> prepare) {
    return new App(config, config.roles(), true, prepare);
  }

  /** What a command needs when no server runs: the workers, for what it does may leave events. */
  public static App withoutHttp(FreshetConfig config) {
    return new App(config, Set.of(Role.WORKER), false, database -> {});
  }

  /** The port the public server listens on. */
  public OptionalInt httpPort() {
    return httpPort;
  }

  /** Whether somebody is connected live to this process, as every page is that is open. */
  boolean isLookedAt() {
    return live.connections() > 0;
  }

  /** What works in it. */
  Core core() {
    return core;
  }

  /** Does something besides serving, again and again until the app closes. */
  void runAlso(String name, Duration rest, Loop.Step step) {
    closing.add(Loop.start(name, rest, step));
  }

  /** Does what {@link ManagementClient#call} has a running server do. */
  public JsonNode call(String operation, JsonNode arguments, Progress progress) {
    return Objects.requireNonNull(operations.get(operation), operation).run(arguments, progress);
  }

  @Override
  public void close() {
    closing.close();
  }

  private void closeLast() {
    closing.add(core.traces);
    closing.add(core.replica);
    core.membership.ifPresent(closing::add);
  }

  private static void findCelebrities(Core core, boolean serve) {
    if (serve || !core.config.isCluster()) {
      core.celebrities.follow(core.rule(core.config.celebrity().threshold()));
    } else {
      core.celebrities.reload(); // the settings of a command need not be those of the cluster
    }
  }

  private static Map<String, Operation> audited(Map<String, Operation> operations) {
    return operations.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey,
                each ->
                    (arguments, progress) -> {
                      Audit.done(each.getKey(), Audit.NOBODY);
                      return each.getValue().run(arguments, progress);
                    }));
  }

  private static DatabaseLock lock(FreshetConfig config, Database database) {
    return config.isCluster()
        ? DatabaseLock.takeShared(database)
        : DatabaseLock.takeAlone(database);
  }

  private void sample(Set<Role> roles, Metrics metrics) {
    Sampling sampling =
        Sampling.start(core.jdbi, metrics, core.clock, core.ids.next(), roles, core::number);
    closing.add(Loop.start("status", Sampling.REST, sampling::runOnce));
  }

  private int serve(Set<Role> roles, Metrics metrics) {
    FreshetConfig.Http http = core.config.http();
    Floods floods = closing.add(Floods.start(core, metrics));
    HttpConfig listen = new HttpConfig(http.host(), http.port(), IDLE, GRACE, floods.connections());
    List<Resource> resources =
        roles.contains(Role.WEB)
            ? core.site(live, floods.limits(), metrics::scrape).resources()
            : List.of(core.probes(metrics::scrape));
    HttpServer server =
        closing.add(
            HttpServer.start(
                listen, resources, core.ids.next(), Traffic.seenBy(metrics, core.traces)));
    closing.add(live::drain);
    sample(roles, metrics);
    return server.port();
  }
}
