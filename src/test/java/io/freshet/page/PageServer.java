package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Json;
import io.freshet.testkit.FreshetNode;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The Freshet that these tests look at: a process of its own with an empty database of its own, one
 * for this Java machine, started at first use. Nobody is limited, mails are kept at {@code
 * /dev/mail}, and rankings are computed every second. Tests share it, so each makes its own people.
 * Its log is {@code target/page/server-<process>/page.log}. Thread-safe.
 */
public final class PageServer {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String PASSWORD = "a long password";

  private final FreshetNode node;
  private final AtomicInteger numbers = new AtomicInteger();

  private PageServer(FreshetNode node) {
    this.node = node;
  }

  static PageServer running() {
    return Running.SERVER;
  }

  public int port() {
    return node.port();
  }

  /** Speaks for nobody. */
  public TestClient api() {
    return TestClient.to(port());
  }

  /**
   * Registers somebody.
   *
   * @param name {@code "Ada Lovelace"}, whose handle begins with {@code ada} and is hers alone
   */
  public Person person(String name) {
    String[] names = name.split(" ", 2);
    String handle =
        names[0].toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "x")
            + "_"
            + numbers.incrementAndGet();
    return person(name, handle);
  }

  /** Registers somebody by a handle that nobody has yet. */
  public Person person(String name, String handle) {
    String[] names = name.split(" ", 2);
    Map<String, Object> account =
        Map.of(
            "handle",
            handle,
            "password",
            PASSWORD,
            "firstName",
            names[0],
            "lastName",
            names.length > 1 ? names[1] : "");
    String id = made(api().post("/api/v1/accounts", account)).text("id");
    Map<String, Object> credentials = Map.of("handle", handle, "password", PASSWORD);
    String token = made(api().post("/api/v1/sessions", credentials)).text("token");
    return new Person(id, handle, name, PASSWORD, api().as(token));
  }

  /** So many people of this name and a number. */
  public List<Person> people(int count, String name) {
    return IntStream.rangeClosed(1, count)
        .parallel()
        .mapToObj(number -> person(name + " " + number))
        .toList();
  }

  /** Makes somebody an administrator, as whoever runs the server does. */
  public void appoints(Person person) {
    node.ask(
        "accounts.administrator", Json.MAPPER.createObjectNode().put("account", person.handle()));
  }

  /** The text of the newest mail to this address; waits for one. */
  public String mailTo(String address) {
    Pattern entry =
        Pattern.compile(" to " + Pattern.quote(address) + ":.*?(/dev/mail/text\\?id=\\d+)");
    String path =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    entry
                        .matcher(api().get("/dev/mail").body())
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse(""),
                found -> !found.isEmpty());
    return api().get(path).body();
  }

  private static Answer made(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  /** Loaded, and thereby started, at first use. */
  private static final class Running {
    static final PageServer SERVER = start();

    private static PageServer start() {
      Path directory =
          Path.of("target", "page", "server-" + ProcessHandle.current().pid()).toAbsolutePath();
      assertThat(directory.toFile().mkdirs()).as(directory.toString()).isTrue();
      Map<String, String> settings =
          Map.of(
              "DATABASE_URL", TestDatabase.url(),
              "FRESHET_MAIL_DEV", "true",
              "FRESHET_TOKEN_MINUTES", "720",
              "FRESHET_RANKING_TAGS_SCHEDULE", "1s",
              "FRESHET_RANKING_MEMBERS_SCHEDULE", "1s");
      FreshetNode node = new FreshetNode("page", directory, settings);
      Runtime.getRuntime().addShutdownHook(new Thread(node::kill));
      node.start();
      node.awaitReady();
      return new PageServer(node);
    }
  }
}
