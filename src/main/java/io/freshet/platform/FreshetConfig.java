package io.freshet.platform;

import io.freshet.platform.log.LogFormat;
import io.freshet.platform.trace.TraceSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Every setting of Freshet, validated when it is read. docs/configuration.md describes each; a test
 * holds the two together.
 */
public record FreshetConfig(
    Home home,
    Set<Role> roles,
    Http http,
    Storage database,
    Redis redis,
    RabbitMq rabbitmq,
    Tokens token,
    Feed feed,
    Celebrity celebrity,
    Fanout fanout,
    Queue queue,
    LiveSettings live,
    MediaSettings media,
    MailSettings mail,
    TraceSettings tracing,
    LogFormat log,
    LimitSettings limits,
    Upkeep upkeep,
    Ranking ranking) {

  /**
   * Where the public server listens.
   *
   * @param port 0 takes a free one
   * @param publicUrl where people reach it, as links in mails say; without a slash at the end
   * @param trustedProxies who may say for whom they ask
   * @param forwardedHeader where they say it: the one header that they set themselves
   */
  public record Http(
      String host,
      int port,
      Optional<String> publicUrl,
      List<Network> trustedProxies,
      ForwardedHeader forwardedHeader) {}

  /**
   * @param url empty: the embedded server
   * @param replicaUrl where reads that may lag go; empty: nowhere else
   * @param waiting threads that may wait for a connection; more requests are refused
   * @param feedReads feeds read from the database at once while Redis is away
   * @param sharedBuffers of the embedded server, in megabytes
   */
  public record Storage(
      Optional<DatabaseAddress> url,
      Optional<DatabaseAddress> replicaUrl,
      int poolSize,
      int waiting,
      int feedReads,
      int sharedBuffers) {}

  /**
   * @param url empty: feeds are kept in the heap, and one process works from the database
   * @param shards parts of the key space, each on one server: at least as many as a cluster has
   *     masters
   * @param timeoutMillis after which an answer counts as not given
   * @param verifyPeer whether the certificate of a {@code rediss://} server must be trusted
   */
  public record Redis(Optional<String> url, int shards, int timeoutMillis, boolean verifyPeer) {}

  /**
   * @param url empty: the queue is in this process
   * @param shards queues of each lane
   */
  public record RabbitMq(Optional<String> url, int shards) {}

  /**
   * @param secret signs the tokens, if given here; otherwise a file or a generated one does
   * @param minutes an access token is good
   * @param lastingMinutes one that cannot be refreshed is good
   * @param sessionDays a session lasts that nobody refreshes
   */
  public record Tokens(
      Optional<String> secret,
      Optional<Path> secretFile,
      int minutes,
      int lastingMinutes,
      int sessionDays) {}

  /**
   * @param maxFeeds feeds kept in memory; 0: as many as fit into half of the heap
   */
  public record Feed(int window, int slack, int keepDays, int maxFeeds) {
    /** Bytes of a feed beside its entries. */
    private static final int OVERHEAD = 60;

    /** How many feeds to keep in a heap of so many bytes. */
    public int maxFeeds(long heap) {
      long fitting = heap / 2 / (8L * (window + slack) + OVERHEAD);
      return maxFeeds > 0 ? maxFeeds : Math.clamp(fitting, 1_000, 100_000_000);
    }
  }

  public record Celebrity(int threshold, double keepShare) {}

  public record Fanout(int batch, int bigAudience, int workers) {}

  public record Queue(int attempts, int firstPauseMillis, int longestPauseSeconds) {}

  /**
   * @param verifyMinutes between two rounds that compare cached feeds with the database
   * @param verifyFeeds compared in a round, drawn at random
   * @param keyDays how long an idempotency key is remembered
   */
  public record Upkeep(int verifyMinutes, int verifyFeeds, int keyDays) {}

  /** When the popular tags and the best members are computed anew. */
  public record Ranking(Timetable tags, Timetable members) {}

  /** Reads the settings of this environment and of {@code FRESHET_HOME/freshet.properties}. */
  public static FreshetConfig load(Map<String, String> environment, Map<String, String> defaults) {
    return load(source(environment, defaults));
  }

  /** What {@link #load} reads from; its entries are complete after that. */
  public static ConfigSource source(Map<String, String> environment, Map<String, String> defaults) {
    Path home = Path.of(environment.getOrDefault("FRESHET_HOME", "data"));
    return new ConfigSource(environment, properties(home.resolve("freshet.properties")), defaults);
  }

  public static FreshetConfig load(ConfigSource from) {
    FreshetConfig config =
        new FreshetConfig(
            new Home(Path.of(from.text("home", "data")).toAbsolutePath().normalize()),
            Role.parse(from.text("roles", Role.ALL)),
            http(from),
            storage(from),
            redis(from),
            rabbitMq(from),
            tokens(from),
            feed(from),
            new Celebrity(
                from.number("celebrity.threshold", 100_000, 1, 2_000_000_000),
                from.share("celebrity.keepShare", 0.9)),
            new Fanout(
                from.number("fanout.batch", 1_000, 1, 10_000),
                from.number("fanout.bigAudience", 10_000, 1, 2_000_000_000),
                from.number("fanout.workers", 2, 1, 64)),
            new Queue(
                from.number("queue.attempts", 10, 1, 1_000),
                from.number("queue.firstPauseMillis", 100, 1, 60_000),
                from.number("queue.longestPauseSeconds", 60, 1, 86_400)),
            LiveSettings.read(from),
            MediaSettings.read(from),
            MailSettings.read(from),
            tracing(from),
            LogFormat.parse(from.text("log.format", "text")),
            LimitSettings.read(from),
            new Upkeep(
                from.number("verify.minutes", 5, 1, 100_000),
                from.number("verify.feeds", 200, 1, 100_000),
                from.number("idempotency.keepDays", 30, 1, 36_500)),
            new Ranking(
                from.timetable("ranking.tagsSchedule", "5m"),
                from.timetable("ranking.membersSchedule", "5m")));
    from.refuseUnknown();
    config.refuseLonelyRoles();
    config.refuseMailWithoutAddress();
    return config;
  }

  /** Whether several processes may work from one database: their feeds are in Redis then. */
  public boolean isCluster() {
    return redis.url().isPresent();
  }

  private void refuseLonelyRoles() {
    if (!isCluster() && roles.size() < Role.values().length) {
      throw new OperatorException(
          "A process with only some of the roles "
              + Role.ALL
              + " needs Redis: set REDIS_URL, for without it the feeds are in the heap of one process,"
              + " which has all roles.");
    }
  }

  private void refuseMailWithoutAddress() {
    if (mail.smtp().isPresent() && http.publicUrl().isEmpty()) {
      throw new OperatorException(
          "mail.url is set, but not what links in mails lead to: set http.publicUrl, for example to"
              + " https://feed.example.org.");
    }
  }

  private static Optional<String> publicUrl(String text) {
    String url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!url.isEmpty() && !url.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
      throw new OperatorException(
          "http.publicUrl must be like https://feed.example.org, not \"" + text + "\".");
    }
    return given(url);
  }

  private static Tokens tokens(ConfigSource from) {
    return new Tokens(
        given(from.text("secret", "")),
        given(from.text("secret.file", "")).map(Path::of),
        from.number("token.minutes", 15, 1, 525_600),
        from.number("token.lastingMinutes", 720, 1, 525_600),
        from.number("session.days", 30, 1, 3_650));
  }

  private static RabbitMq rabbitMq(ConfigSource from) {
    return new RabbitMq(
        given(from.text("rabbitmq.url", "")), from.number("rabbitmq.shards", 4, 1, 256));
  }

  private static Http http(ConfigSource from) {
    return new Http(
        from.text("http.host", "0.0.0.0"),
        from.number("http.port", 8080, 0, 65_535),
        publicUrl(from.text("http.publicUrl", "")),
        Network.list("http.trustedProxies", from.text("http.trustedProxies", "")),
        ForwardedHeader.parse(from.text("http.forwardedHeader", "X-Forwarded-For")));
  }

  private static Storage storage(ConfigSource from) {
    return new Storage(
        given(from.text("database.url", "")).map(DatabaseAddress::parse),
        given(from.text("database.replicaUrl", "")).map(DatabaseAddress::parse),
        from.number("database.poolSize", 16, 4, 1_000),
        from.number("database.waiting", Database.WAITING, 1, 100_000),
        from.number("database.feedReads", 8, 1, 1_000),
        from.number("postgres.sharedBuffers", 256, 16, 1_000_000));
  }

  private static Feed feed(ConfigSource from) {
    return new Feed(
        from.number("feed.window", 1_000, 10, 100_000),
        from.number("feed.slack", 24, 1, 100_000),
        from.number("feed.keepDays", 30, 1, 36_500),
        from.number("feed.maxFeeds", 0, 0, 100_000_000));
  }

  private static TraceSettings tracing(ConfigSource from) {
    return new TraceSettings(
        given(from.text("tracing.endpoint", "")),
        given(from.text("tracing.authorization", "")),
        from.share("tracing.sample", 0.01),
        from.flag("tracing.trustCallers", true));
  }

  private static Redis redis(ConfigSource from) {
    return new Redis(
        given(from.text("redis.url", "")),
        from.number("redis.shards", 8, 1, 1_024),
        from.number("redis.timeoutMillis", 500, 10, 60_000),
        from.flag("redis.verifyPeer", true));
  }

  private static Optional<String> given(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static Map<String, String> properties(Path file) {
    Properties read = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new OperatorException("Cannot read " + file + ": " + e.getMessage() + ".", e);
      }
    }
    Map<String, String> values = new HashMap<>();
    read.stringPropertyNames().forEach(name -> values.put(name, read.getProperty(name)));
    return values;
  }
}
