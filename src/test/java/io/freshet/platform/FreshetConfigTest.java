package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.freshet.platform.log.LogFormat;
import io.freshet.platform.trace.TraceSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshetConfigTest {
  private static final Pattern ROW = Pattern.compile("\\| `([\\w.]+)` \\| (?:`([^`]*)`)? ?\\|.*");

  @TempDir private Path home = Path.of("");

  @Test
  void hasTheDefaultsThatItsDocumentGives() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "configuration.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), Optional.ofNullable(row.group(2)).orElse(""));
      }
    }
    Map<String, String> real = new TreeMap<>();
    entries(Map.of()).forEach(entry -> real.put(entry.key(), entry.value()));
    assertThat(documented).isEqualTo(real);
  }

  @Test
  void takesEveryKeyFromTheEnvironment() {
    Map<String, String> environment = everyKey();
    assertThat(FreshetConfig.load(environment, Map.of()))
        .isEqualTo(
            new FreshetConfig(
                new Home(home.toAbsolutePath()),
                Set.of(Role.WEB),
                new FreshetConfig.Http(
                    "127.0.0.1",
                    81,
                    Optional.of("https://feed.example"),
                    Network.list("", "10.0.0.0/8, ::1"),
                    ForwardedHeader.FORWARDED),
                everyStorageSetting(),
                new FreshetConfig.Redis(Optional.of("redis://cache"), 22, 23, false),
                new FreshetConfig.RabbitMq(Optional.of("amqp://broker"), 24),
                new FreshetConfig.Tokens(Optional.of("s"), Optional.of(Path.of("/s")), 3, 35, 36),
                new FreshetConfig.Feed(11, 12, 13, 14),
                new FreshetConfig.Celebrity(15, 0.5),
                new FreshetConfig.Fanout(16, 17, 18),
                new FreshetConfig.Queue(19, 20, 21),
                everyLiveSetting(),
                everyMediaSetting(),
                everyMailSetting(),
                new TraceSettings(
                    Optional.of("http://collector:4318"), Optional.of("Bearer t"), 0.25, false),
                LogFormat.JSON,
                everyLimit(),
                new FreshetConfig.Upkeep(25, 26, 27),
                new FreshetConfig.Ranking(
                    new Timetable.Every(Duration.ofMinutes(2)),
                    new Timetable.Cron("0 0 4 * * *"))));
    Set<String> variables = new TreeSet<>();
    entries(environment).forEach(entry -> variables.add(ConfigSource.variable(entry.key())));
    assertThat(variables).isEqualTo(new TreeSet<>(environment.keySet()));
  }

  private static FreshetConfig.Storage everyStorageSetting() {
    return new FreshetConfig.Storage(
        Optional.of(DatabaseAddress.parse("postgres://me:pw@db/feed")),
        Optional.of(DatabaseAddress.parse("postgres://me:pw@replica/feed")),
        9,
        10,
        8,
        32);
  }

  private static MailSettings everyMailSetting() {
    Optional<MailSettings.Smtp> smtp =
        Optional.of(
            new MailSettings.Smtp(
                "mx", 587, Optional.of("me"), Optional.of("p+w:"), MailSettings.Tls.REQUIRED));
    return new MailSettings(smtp, "Freshet <news@example.org>", true, 43, 44, 45, 46);
  }

  private static LiveSettings everyLiveSetting() {
    return new LiveSettings(
        Optional.of(new LiveSettings.Centrifugo("http://live:8000", "ck")),
        List.of("https://a.example", "https://b.example"),
        true,
        false,
        Optional.of("ts"),
        28,
        Optional.of("ak"),
        Optional.of(Path.of("/n.json")),
        29,
        30,
        31,
        33,
        34);
  }

  private static MediaSettings everyMediaSetting() {
    return new MediaSettings(
        Optional.of(Path.of("/m")),
        Optional.of(new MediaSettings.S3("https://s3", "eu", "b", "sa", "ss")),
        "https://cdn",
        35,
        36,
        37,
        38,
        39,
        40,
        41,
        42);
  }

  private static void everyMediaKey(Map<String, String> environment) {
    environment.put("FRESHET_MEDIA_STORE", "s3");
    environment.put("FRESHET_MEDIA_DIRECTORY", "/m");
    environment.put("FRESHET_MEDIA_S3_ENDPOINT", "https://s3");
    environment.put("FRESHET_MEDIA_S3_REGION", "eu");
    environment.put("FRESHET_MEDIA_S3_BUCKET", "b");
    environment.put("FRESHET_MEDIA_S3_ACCESS_KEY", "sa");
    environment.put("FRESHET_MEDIA_S3_SECRET_KEY", "ss");
    environment.put("FRESHET_MEDIA_BASE_URL", "https://cdn");
    environment.put("FRESHET_MEDIA_IMAGE_MEGABYTES", "35");
    environment.put("FRESHET_MEDIA_VIDEO_MEGABYTES", "36");
    environment.put("FRESHET_MEDIA_VIDEO_SECONDS", "37");
    environment.put("FRESHET_MEDIA_MEGAPIXELS", "38");
    environment.put("FRESHET_MEDIA_DAILY_UPLOADS", "39");
    environment.put("FRESHET_MEDIA_ACCOUNT_MEGABYTES", "40");
    environment.put("FRESHET_MEDIA_AT_ONCE", "41");
    environment.put("FRESHET_MEDIA_KEEP_HOURS", "42");
  }

  private static LimitSettings everyLimit() {
    return new LimitSettings(
        false, rate(61), rate(62), rate(63), rate(64), rate(65), rate(66), rate(73), rate(67),
        rate(68), rate(69), 70, 72, 71);
  }

  private static Rate rate(int most) {
    return new Rate(most, Duration.ofSeconds(90));
  }

  private static void everyLimitKey(Map<String, String> environment) {
    environment.put("FRESHET_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, ::1");
    environment.put("FRESHET_HTTP_FORWARDED_HEADER", "forwarded");
    environment.put("FRESHET_LIMITS_ENABLED", "false");
    environment.put("FRESHET_LIMITS_SIGNED_IN", "61/90s");
    environment.put("FRESHET_LIMITS_ANONYMOUS", "62/90s");
    environment.put("FRESHET_LIMITS_SIGN_UPS", "63/90s");
    environment.put("FRESHET_LIMITS_SIGN_INS", "64/90s");
    environment.put("FRESHET_LIMITS_POSTS", "65/90s");
    environment.put("FRESHET_LIMITS_COMMENTS", "66/90s");
    environment.put("FRESHET_LIMITS_MAIL", "73/90s");
    environment.put("FRESHET_LIMITS_UPLOADS", "67/90s");
    environment.put("FRESHET_LIMITS_DOWNLOADS", "68/90s");
    environment.put("FRESHET_LIMITS_LIVE", "69/90s");
    environment.put("FRESHET_LIMITS_CONNECTIONS", "70");
    environment.put("FRESHET_LIMITS_LIVE_CONNECTIONS", "72");
    environment.put("FRESHET_LIMITS_IN_FLIGHT", "71");
  }

  private static void everyMailKey(Map<String, String> environment) {
    environment.put("FRESHET_HTTP_PUBLIC_URL", "https://feed.example/");
    environment.put("FRESHET_MAIL_URL", "smtp://me:p+w%3A@mx:587");
    environment.put("FRESHET_MAIL_FROM", "Freshet <news@example.org>");
    environment.put("FRESHET_MAIL_DEV", "true");
    environment.put("FRESHET_MAIL_DIGEST_MINUTES", "43");
    environment.put("FRESHET_MAIL_PER_MINUTE", "44");
    environment.put("FRESHET_MAIL_RETRY_HOURS", "45");
    environment.put("FRESHET_MAIL_TIMEOUT_SECONDS", "46");
  }

  private static void everyLiveKey(Map<String, String> environment) {
    environment.put("FRESHET_LIVE_BACKEND", "centrifugo");
    environment.put("FRESHET_LIVE_CENTRIFUGO_URL", "http://live:8000");
    environment.put("FRESHET_LIVE_CENTRIFUGO_API_KEY", "ck");
    environment.put("FRESHET_LIVE_ORIGINS", "https://a.example, https://b.example");
    environment.put("FRESHET_LIVE_INSECURE", "true");
    environment.put("FRESHET_LIVE_ANONYMOUS", "false");
    environment.put("FRESHET_LIVE_TOKEN_SECRET", "ts");
    environment.put("FRESHET_LIVE_TOKEN_MINUTES", "28");
    environment.put("FRESHET_LIVE_API_KEY", "ak");
    environment.put("FRESHET_LIVE_NAMESPACES", "/n.json");
    environment.put("FRESHET_LIVE_HISTORY", "29");
    environment.put("FRESHET_LIVE_HISTORY_SECONDS", "30");
    environment.put("FRESHET_LIVE_MAX_CONNECTIONS", "31");
    environment.put("FRESHET_LIVE_PING_SECONDS", "33");
    environment.put("FRESHET_LIVE_PONG_SECONDS", "34");
  }

  private static void everyStorageKey(Map<String, String> environment) {
    environment.put("FRESHET_DATABASE_POOL_SIZE", "9");
    environment.put("FRESHET_DATABASE_WAITING", "10");
    environment.put("FRESHET_DATABASE_FEED_READS", "8");
    environment.put("FRESHET_POSTGRES_SHARED_BUFFERS", "32");
    environment.put("FRESHET_DATABASE_URL", "postgres://me:pw@db/feed");
    environment.put("FRESHET_DATABASE_REPLICA_URL", "postgres://me:pw@replica/feed");
  }

  private static void everyTokenKey(Map<String, String> environment) {
    environment.put("FRESHET_TOKEN_LASTING_MINUTES", "35");
    environment.put("FRESHET_SESSION_DAYS", "36");
    environment.put("FRESHET_SECRET", "s");
    environment.put("FRESHET_SECRET_FILE", "/s");
    environment.put("FRESHET_TOKEN_MINUTES", "3");
  }

  private static void everyWatchingKey(Map<String, String> environment) {
    environment.put("FRESHET_TRACING_ENDPOINT", "http://collector:4318");
    environment.put("FRESHET_TRACING_AUTHORIZATION", "Bearer t");
    environment.put("FRESHET_TRACING_SAMPLE", "0.25");
    environment.put("FRESHET_TRACING_TRUST_CALLERS", "false");
    environment.put("FRESHET_LOG_FORMAT", "json");
  }

  private Map<String, String> everyKey() {
    Map<String, String> environment = new HashMap<>();
    everyTokenKey(environment);
    everyWatchingKey(environment);
    environment.put("FRESHET_HOME", home.toString());
    environment.put("FRESHET_ROLES", "web");
    environment.put("FRESHET_REDIS_URL", "redis://cache");
    environment.put("FRESHET_REDIS_SHARDS", "22");
    environment.put("FRESHET_REDIS_TIMEOUT_MILLIS", "23");
    environment.put("FRESHET_REDIS_VERIFY_PEER", "false");
    environment.put("FRESHET_RABBITMQ_URL", "amqp://broker");
    environment.put("FRESHET_RABBITMQ_SHARDS", "24");
    environment.put("FRESHET_HTTP_HOST", "127.0.0.1");
    environment.put("FRESHET_HTTP_PORT", "81");
    environment.put("FRESHET_FEED_WINDOW", "11");
    environment.put("FRESHET_FEED_SLACK", "12");
    environment.put("FRESHET_FEED_KEEP_DAYS", "13");
    environment.put("FRESHET_FEED_MAX_FEEDS", "14");
    environment.put("FRESHET_CELEBRITY_THRESHOLD", "15");
    environment.put("FRESHET_CELEBRITY_KEEP_SHARE", "0.5");
    environment.put("FRESHET_FANOUT_BATCH", "16");
    environment.put("FRESHET_FANOUT_BIG_AUDIENCE", "17");
    environment.put("FRESHET_FANOUT_WORKERS", "18");
    environment.put("FRESHET_QUEUE_ATTEMPTS", "19");
    environment.put("FRESHET_QUEUE_FIRST_PAUSE_MILLIS", "20");
    environment.put("FRESHET_QUEUE_LONGEST_PAUSE_SECONDS", "21");
    everyStorageKey(environment);
    everyLiveKey(environment);
    everyMediaKey(environment);
    everyMailKey(environment);
    everyLimitKey(environment);
    everyPeriodicKey(environment);
    return environment;
  }

  private static void everyPeriodicKey(Map<String, String> environment) {
    environment.put("FRESHET_VERIFY_MINUTES", "25");
    environment.put("FRESHET_VERIFY_FEEDS", "26");
    environment.put("FRESHET_IDEMPOTENCY_KEEP_DAYS", "27");
    environment.put("FRESHET_RANKING_TAGS_SCHEDULE", "2m");
    environment.put("FRESHET_RANKING_MEMBERS_SCHEDULE", "0 0 4 * * *");
  }

  @Test
  void understandsTheNamesOfHostingPlatforms() {
    FreshetConfig config = load(Map.of("PORT", "81", "DATABASE_URL", "postgres://me:pw@db/feed"));
    assertThat(config.http().port()).isEqualTo(81);
    assertThat(config.database().url().orElseThrow().shown()).isEqualTo("postgresql://db/feed");
  }

  @Test
  void prefersTheEnvironmentToTheFileAndTheFileToTheDefault() throws IOException {
    Files.writeString(home.resolve("freshet.properties"), "feed.window=50\nfeed.slack=60\n");
    FreshetConfig.Feed feed = load(Map.of("FRESHET_FEED_WINDOW", "40")).feed();
    assertThat(feed.window()).isEqualTo(40);
    assertThat(feed.slack()).isEqualTo(60);
    assertThat(feed.keepDays()).isEqualTo(30);
  }

  @Test
  void refusesUnknownKeysAndNamesTheNearest() throws IOException {
    assertThatThrownBy(() -> load(Map.of("FRESHET_FEED_WINDWO", "40")))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("did you mean FRESHET_FEED_WINDOW?");
    Files.writeString(home.resolve("freshet.properties"), "feed.windw=50\n");
    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("did you mean feed.window?");
  }

  @Test
  void refusesValuesOutOfRangeByTheNameTheyWereGivenUnder() {
    for (String bad : List.of("9", "100001", "many", "1e3")) {
      assertThatThrownBy(() -> load(Map.of("FRESHET_FEED_WINDOW", bad)))
          .isInstanceOf(OperatorException.class)
          .hasMessage(
              "FRESHET_FEED_WINDOW must be a whole number from 10 to 100000, not \"" + bad + "\".");
    }
    assertThatThrownBy(() -> load(Map.of("PORT", "-1"))).hasMessageStartingWith("PORT must be");
    assertThatThrownBy(() -> load(Map.of("FRESHET_CELEBRITY_KEEP_SHARE", "1.5")))
        .hasMessageContaining("over 0 and at most 1");
    assertThatThrownBy(() -> load(Map.of("FRESHET_REDIS_VERIFY_PEER", "no")))
        .hasMessage("FRESHET_REDIS_VERIFY_PEER must be true or false, not \"no\".");
    for (String bad : List.of("300", "0/5m", "300/0s", "300/25h", "-1/5m", "300/5d")) {
      assertThatThrownBy(() -> load(Map.of("FRESHET_LIMITS_ANONYMOUS", bad)))
          .hasMessageContaining("like 300/5m");
    }
    for (String bad : List.of("5", "0s", "8d", "200h", "-", "* * *", "0 61 * * * *", "5m 6m")) {
      assertThatThrownBy(() -> load(Map.of("FRESHET_RANKING_TAGS_SCHEDULE", bad)))
          .isInstanceOf(OperatorException.class)
          .hasMessageStartingWith("FRESHET_RANKING_TAGS_SCHEDULE must be a pause like 30s")
          .hasMessageEndingWith("not \"" + bad + "\".");
    }
    for (String bad : List.of("10.0.0.0/33", "::/129", "proxy.example", "10.0.0.0/", "10/8x")) {
      assertThatThrownBy(() -> load(Map.of("FRESHET_HTTP_TRUSTED_PROXIES", bad)))
          .hasMessageContaining("http.trustedProxies must name networks");
    }
    assertThatThrownBy(() -> load(Map.of("FRESHET_HTTP_FORWARDED_HEADER", "X-Real-IP")))
        .hasMessageContaining("X-Forwarded-For or Forwarded");
  }

  @Test
  void everyKeyIsUsed() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("io.freshet");
    Set<String> called = new TreeSet<>();
    classes.stream()
        .filter(type -> !type.getName().startsWith(FreshetConfig.class.getName()))
        .flatMap(type -> type.getMethodCallsFromSelf().stream())
        .map(JavaMethodCall::getTarget)
        .forEach(target -> called.add(target.getOwner().getName() + "." + target.getName()));
    Stream<Class<?>> records =
        Stream.concat(
            Stream.of(FreshetConfig.class, LiveSettings.class, LimitSettings.class),
            Stream.of(FreshetConfig.class.getDeclaredClasses()));
    records.forEach(type -> {
      for (RecordComponent component : type.getRecordComponents()) {
        assertThat(called).contains(type.getName() + "." + component.getName());
      }
    });
  }

  @Test
  void refusesMailThatNamesNoSenderOrLeadsNowhere() {
    assertThatThrownBy(() -> load(Map.of("FRESHET_MAIL_URL", "smtp://mx")))
        .hasMessageContaining("mail.from");
    assertThatThrownBy(
            () -> load(Map.of("FRESHET_MAIL_URL", "smtp://mx", "FRESHET_MAIL_FROM", "a@b.org")))
        .hasMessageContaining("http.publicUrl");
    for (String url :
        List.of("mx", "mx:25", "http://mx", "smtp://me@mx", "smtp://mx/x", "smtp://a b")) {
      assertThatThrownBy(() -> load(Map.of("FRESHET_MAIL_URL", url)))
          .hasMessageStartingWith("mail.url must be like")
          .hasMessageNotContaining("me@mx");
    }
    assertThatThrownBy(() ->
            load(Map.of("FRESHET_MAIL_URL", "smtp://mx", "FRESHET_MAIL_FROM", "a@b\nBcc: c@d")))
        .hasMessageContaining("mail.from");
    assertThatThrownBy(() -> load(Map.of("FRESHET_HTTP_PUBLIC_URL", "https://a.org/feed")))
        .hasMessageContaining("http.publicUrl");
  }

  @Test
  void sendsAPasswordToOtherMachinesEncryptedOnly() {
    assertThat(tls("smtp://me:pw@mx.example")).isEqualTo(MailSettings.Tls.REQUIRED);
    assertThat(tls("smtp://me:pw@127.0.0.1")).isEqualTo(MailSettings.Tls.IF_OFFERED);
    assertThat(tls("smtp://mx.example")).isEqualTo(MailSettings.Tls.IF_OFFERED);
    assertThat(tls("smtps://mx.example")).isEqualTo(MailSettings.Tls.FROM_THE_START);
    assertThat(tls("smtp+starttls://mx.example")).isEqualTo(MailSettings.Tls.REQUIRED);
  }

  private MailSettings.Tls tls(String url) {
    Map<String, String> environment =
        Map.of(
            "FRESHET_MAIL_URL", url,
            "FRESHET_MAIL_FROM", "a@b.org",
            "FRESHET_HTTP_PUBLIC_URL", "https://a.org");
    return load(environment).mail().smtp().orElseThrow().tls();
  }

  @Test
  void masksSecretsWhenShown() {
    assertThat(
            entries(Map.of("FRESHET_SECRET", "hush", "DATABASE_URL", "postgres://me:hush@h/d"))
                .stream()
                .map(ConfigSource.Entry::shown))
        .noneMatch(shown -> shown.contains("hush"));
  }

  @Test
  void generatesASecretOnceForItsOwnerOnly() throws IOException {
    FreshetConfig config = load(Map.of());
    String secret = config.home().secret(config.token());
    assertThat(secret).hasSizeGreaterThanOrEqualTo(64);
    assertThat(config.home().secret(config.token())).isEqualTo(secret);
    assertThat(Files.getPosixFilePermissions(home.resolve("secret")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void refusesAShortSecret() {
    FreshetConfig config = load(Map.of("FRESHET_SECRET", "short"));
    assertThatThrownBy(() -> config.home().secret(config.token()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("at least 32");
  }

  @Test
  void givesAHomeToOneProcessAtATime() {
    Home first = load(Map.of()).home();
    Home.Lock lock = first.lock();
    assertThatThrownBy(first::lock)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("Another Freshet is using");
    lock.close();
    first.lock().close();
  }

  @Test
  void keepsAsManyFeedsAsFitIntoHalfOfTheHeap() {
    FreshetConfig.Feed feed = new FreshetConfig.Feed(1_000, 200, 30, 0);
    assertThat(feed.maxFeeds(2_000_000_000L) * 9_660L).isBetween(990_000_000L, 1_000_000_000L);
    assertThat(new FreshetConfig.Feed(1_000, 200, 30, 77).maxFeeds(2_000_000_000L)).isEqualTo(77);
  }

  private FreshetConfig load(Map<String, String> environment) {
    Map<String, String> merged = new HashMap<>(environment);
    merged.putIfAbsent("FRESHET_HOME", home.toString());
    return FreshetConfig.load(merged, Map.of());
  }

  private static List<ConfigSource.Entry> entries(Map<String, String> environment) {
    ConfigSource source = FreshetConfig.source(environment, Map.of());
    FreshetConfig.load(source);
    return source.entries();
  }
}
