package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.account.Client;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.account.Session;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.redis.Redis;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.question.Answer;
import io.freshet.question.Question;
import io.freshet.question.QuestionCounts;
import io.freshet.question.Wording;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever goes is seen by nobody from then on, and leaves no trace in the end. */
class ErasureTest {
  private static final String PASSWORD = "a long enough password";
  private static final String WORD = "unmistakable";

  private final Closing closing = new Closing();
  private final Database database = closing.add(TestDatabase.open());
  private final RedisServer server = closing.add(RedisServer.start());
  private final Core core = core();
  private final AccountId ada = person("ada_lovelace", WORD);
  private final AccountId bob = person("bob", "Bob");
  private final AccountId eve = person("eve", "Eve");

  private Core core() {
    FreshetConfig config =
        FreshetConfig.load(
            Map.of(
                "FRESHET_HOME",
                Path.of("target", "erasure-test").toString(),
                "REDIS_URL",
                server.url(),
                "FRESHET_SECRET",
                "a secret of at least thirty-two bytes"),
            Map.of());
    Redis redis = closing.add(Redis.open(config.redis()));
    Core made = new Core(config, database, Optional.of(redis), InstantSource.system());
    made.membership.ifPresent(closing::add);
    made.celebrities.reload();
    return made;
  }

  @AfterEach
  void stop() {
    closing.close();
  }

  @BeforeEach
  void live() {
    core.follows.follow(bob, ada);
    core.follows.follow(bob, eve);
    core.follows.follow(eve, ada);
    core.follows.follow(ada, bob);
    core.mutes().mute(eve, ada, Optional.empty());
    core.mutes().mute(ada, eve, Optional.of(Instant.parse("2100-01-01T00:00:00Z")));
    core.restrictions().restrict(ada, eve, Optional.empty());
    core.restrictions().restrict(bob, ada, Optional.empty());
    for (int i = 0; i < 30; i++) {
      publish(ada, WORD + " " + i + " #" + WORD);
      publish(eve, "plain " + i);
    }
    core.dialogs.send(ada, bob, WORD);
    core.dialogs.send(bob, ada, "dear " + WORD);
    assertThat(core.sessions.open(ada, Session.Kind.TOKEN, Client.of(WORD, "192.0.2.1")))
        .isPresent();
    core.feedReaders.note(ada.value());
    core.feedReaders.save();
    execute("INSERT INTO notification_box (recipient_id) VALUES (?)", ada.value());
    core.mail.mails().vouch(ada.value(), WORD + "@example.org");
    execute(
        """
        WITH m AS (
          INSERT INTO mail (id, account_id, kind, address, wanted_at, due_at)
          VALUES (1, ?, 'confirm', ?, now(), now()) RETURNING id, account_id)
        INSERT INTO mail_item (account_id, item_id, mail_id) SELECT account_id, 1, id FROM m
        """,
        ada.value(),
        WORD + "@example.org");
    execute(
        """
        INSERT INTO media (id, owner_id, key, kind, type, width, height, thumbnail_type, blurhash, bytes, state, alt)
        VALUES (?, ?, ?, 'image', 'jpg', 1, 1, 'jpg', '', 1, 'ready', ?)
        """,
        core.ids.next(),
        ada.value(),
        "a".repeat(32),
        WORD);
  }

  private AccountId person(String handle, String name) {
    Profile profile = new Profile(name, "", Optional.empty(), name, name);
    return core.accounts.register(new Registration(Optional.of(handle), PASSWORD, profile)).id();
  }

  private PostId publish(AccountId author, String text) {
    return core.posts.publish(author, text, Optional.of(text)).post().id();
  }

  /** Likes, comments and shares each way, told by their rows and counted. */
  private void interact(PostId bobs, PostId adas) {
    for (long[] each :
        List.of(new long[] {bobs.value(), ada.value()}, new long[] {adas.value(), bob.value()})) {
      execute(
          "INSERT INTO post_like (post_id, account_id, id) VALUES (?, ?, ?)",
          each[0],
          each[1],
          core.ids.next());
      execute(
          "INSERT INTO comment (id, post_id, author_id, text) VALUES (?, ?, ?, ?)",
          core.ids.next(),
          each[0],
          each[1],
          "a comment by " + (each[1] == ada.value() ? WORD : "Bob"));
      execute(
          "INSERT INTO post (id, author_id, text, original_id) VALUES (?, ?, '', ?)",
          core.ids.next(),
          each[1],
          each[0]);
      core.interactions.counts().settle(each[0]);
    }
  }

  /** Questions, answers and votes each way; gives Bob's question. */
  private Question ask() {
    Question adas = ask(ada, WORD + " asks");
    Question bobs = ask(bob, "Bob asks");
    for (AccountId who : List.of(ada, bob)) {
      answer(who, adas);
      core.asked.votes().put(who, answer(eve, bobs).votable(), 1);
      answer(who, bobs);
    }
    core.asked.votes().put(ada, bobs.votable(), 1);
    core.asked.votes().put(bob, adas.votable(), -1);
    core.asked.votes().put(bob, answer(ada, bobs).votable(), 1);
    await().until(() -> counts(bobs).equals(List.of(1, 5)));
    return bobs;
  }

  private Question ask(AccountId author, String title) {
    Wording wording = new Wording(title, author.equals(ada) ? WORD : "plain", List.of("a-tag"));
    return core.asked.questions().ask(author, wording, Optional.of(title)).question();
  }

  private Answer answer(AccountId author, Question question) {
    String body = author.equals(ada) ? WORD : "plain";
    return core.asked.answers().add(author, question.id(), body, Optional.empty()).answer();
  }

  private List<Integer> counts(Question question) {
    QuestionCounts counts = core.asked.questions().find(question.id()).orElseThrow().counts();
    return List.of(counts.score(), counts.answers());
  }

  private void execute(String sql, Object... arguments) {
    database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
  }

  private List<Post> feed(AccountId reader) {
    return core.feeds.page(reader, Long.MAX_VALUE, 20).items();
  }

  private Workers work() {
    FreshetConfig config = core.config;
    Metrics metrics = closing.add(new Metrics());
    LiveHost live = closing.add(LiveHost.start(core, metrics));
    return closing.add(Workers.start(core, live, config.roles(), metrics));
  }

  @Test
  void hidesWhoGoesAtOnceAndKeepsPagesFull() {
    PostId post = publish(ada, WORD + " last");
    assertThat(feed(bob)).anyMatch(each -> each.author().equals(ada));
    core.sessions.removeAccount(ada, PASSWORD);
    assertThat(feed(bob)).hasSize(20).noneMatch(each -> each.author().equals(ada));
    assertThat(core.feeds.post(Optional.empty(), post)).isEmpty();
    assertThat(core.feeds.authorPage(Optional.of(bob), ada, Long.MAX_VALUE, 20).items()).isEmpty();
    assertThat(core.accounts.find(ada)).isEmpty();
    assertThat(core.accounts.findByHandle("ada_lovelace")).isEmpty();
    assertThat(core.accounts.search(WORD, Long.MAX_VALUE, 10).items()).isEmpty();
    assertThat(core.accounts.search("-", Long.MAX_VALUE, 10).items()).isEmpty();
    assertThat(core.accounts.searchByNames(WORD, "", 10)).isEmpty();
    assertThat(person("ada_lovelace", "Another")).isNotEqualTo(ada);
  }

  @Test
  void leavesNoTraceInTheEnd() {
    work();
    PostId bobs = publish(bob, "for @ada_lovelace");
    PostId adas = publish(ada, WORD + " @bob #" + WORD);
    interact(bobs, adas);
    Question bobsQuestion = ask();
    feed(ada);
    feed(bob);
    feed(eve);
    core.interactions.marks().among(ada.value(), List.of(bobs.value()));
    assertThat(traces()).isNotEmpty();
    assertThat(tracesInRedis()).isNotEmpty();
    core.sessions.removeAccount(ada, PASSWORD);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(traces()).isEmpty());
    assertThat(tracesInRedis()).isEmpty();
    assertThat(core.interactions.counts().findAll(List.of(bobs.value())).get(bobs.value()))
        .satisfies(counts -> {
          assertThat(counts.likes()).isZero();
          assertThat(counts.comments()).isZero();
          assertThat(counts.shares()).isZero();
        });
    assertThat(counts(bobsQuestion)).containsExactly(0, 3);
    assertThat(core.graph.counts(bob.value()).followers()).isZero();
    assertThat(core.graph.counts(bob.value()).followees()).isEqualTo(1);
    assertThat(core.graph.counts(eve.value()).followees()).isZero();
    assertThat(feed(bob)).hasSize(20);
    assertThat(core.feedStore.peek(bob.value()).orElseThrow().ids()).hasSize(30);
  }

  /**
   * Whoever adds a table that refers to accounts adds a step to {@link Erasure}, and its name here.
   */
  @Test
  void knowsEveryTableThatRefersToAccounts() {
    List<String> referring =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT c.conrelid::regclass || '.' || a.attname FROM pg_constraint c
                        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                        WHERE c.contype = 'f' AND c.confrelid = 'account'::regclass
                        """)
                    .mapTo(String.class)
                    .list());
    assertThat(referring)
        .containsExactlyInAnyOrder(
            "session.account_id",
            "follow.follower_id",
            "follow.followee_id",
            "follow_count.account_id",
            "mute.viewer_id",
            "mute.author_id",
            "restriction.author_id",
            "restriction.viewer_id",
            "post.author_id",
            "post_idempotency.author_id",
            "post_like.account_id",
            "comment.author_id",
            "question.author_id",
            "answer.author_id",
            "feed_reader.account_id",
            "media.owner_id",
            "notification_box.recipient_id",
            "mail_address.account_id",
            "mail.account_id",
            "mail_item.account_id",
            "mail_kept.account_id",
            "dialog_message.low_id",
            "dialog_message.high_id");
  }

  /** One who has gone must not keep what all others have read from being saved. */
  @Test
  void savesReadersAlsoWhenOneOfThemHasGone() {
    core.feedReaders.note(ada.value());
    core.feedReaders.note(bob.value());
    execute("DELETE FROM feed_reader");
    core.feedReaders.note(Long.MAX_VALUE);
    core.feedReaders.note(eve.value());
    core.feedReaders.save();
    assertThat(core.feedReaders.since(Instant.EPOCH, 10)).contains(eve.value());
  }

  /** A request that was under way writes after all is erased: its key is refused. */
  @Test
  void takesNothingLateFromWhoHasGone() {
    work();
    core.sessions.removeAccount(ada, PASSWORD);
    await().atMost(Duration.ofSeconds(60)).until(() -> !core.accounts.isRemoved(ada));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> publish(ada, "late"))
        .hasMessageContaining("foreign key");
    assertThat(traces()).isEmpty();
  }

  /** Tables that still speak of Ada, by what is written in any column of theirs. */
  private List<String> traces() {
    String id = ada.toString();
    List<String> patterns =
        List.of(
            id,
            WORD,
            HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8)),
            HexFormat.of().toHexDigits(ada.value()));
    return database
        .jdbi()
        .withHandle(handle -> {
          List<String> found = new ArrayList<>();
          for (String table :
              handle
                  .createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                  .mapTo(String.class)
                  .list()) {
            for (String pattern : patterns) {
              found.addAll(
                  handle
                      .createQuery(
                          "SELECT '%1$s: ' || t::text FROM \"%1$s\" t WHERE t::text ILIKE ? OR t::text LIKE ? LIMIT 3"
                              .formatted(table))
                      .bind(0, "%" + pattern + "%")
                      .bind(1, "%ada_lovelace%")
                      .mapTo(String.class)
                      .list());
            }
          }
          return found.stream().filter(row -> !row.contains("for @ada_lovelace")).toList();
        });
  }

  /**
   * Keys that speak of Ada, in their names or in anything they hold; but for the log of
   * invalidations, whose ids are overwritten by those that follow.
   */
  private List<String> tracesInRedis() {
    String script =
        """
        local bytes = ARGV[1]:gsub('%x%x', function(h) return string.char(tonumber(h, 16)) end)
        local found = {}
        local function speaks(value)
          if type(value) == 'table' then
            for _, each in ipairs(value) do if speaks(each) then return true end end
            return false
          end
          local text = tostring(value)
          for _, word in ipairs({bytes, ARGV[2], ARGV[3]}) do
            if text:find(word, 1, true) then return true end
          end
          return false
        end
        for _, key in ipairs(redis.call('KEYS', '*')) do
          local kind = redis.call('TYPE', key)['ok']
          local value = {}
          if kind == 'string' then value = redis.call('GET', key)
          elseif kind == 'list' then value = redis.call('LRANGE', key, 0, -1)
          elseif kind == 'hash' then value = redis.call('HGETALL', key)
          elseif kind == 'set' then value = redis.call('SMEMBERS', key)
          elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1) end
          if kind ~= 'stream' and (speaks(key) or speaks(value)) then found[#found + 1] = key .. ' ' .. kind end
        end
        return found
        """;
    String answer =
        server.cli(
            "EVAL", script, "0", HexFormat.of().toHexDigits(ada.value()), ada.toString(), WORD);
    return answer
        .lines()
        .filter(line -> !line.isBlank() && !line.contains(":log:entries"))
        .toList();
  }
}
