package io.freshet.notification;

import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.GraphStore;
import io.freshet.graph.PgGraphStore;
import io.freshet.graph.Viewers;
import io.freshet.notification.Notice.What;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.OutboxStore.Row;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Json;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PgPostStore;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** People 1 to 9 who do things to posts on a real PostgreSQL; handlers are stepped by the test. */
final class NotificationFixture implements AutoCloseable {
  private static final CelebrityRule RULE = new CelebrityRule(1_000, 0.5);
  private static final int MANY = 5_000;

  final MovableClock clock = new MovableClock();
  final Ids ids = new Ids(clock, 0);
  final Database database = TestDatabase.open();
  final Jdbi jdbi = database.jdbi();
  final PgOutboxStore outboxStore = new PgOutboxStore(jdbi, ids, clock);
  final GraphStore graph;
  final Viewers viewers;
  final Posts posts;
  final Notifications notifications;
  final PgSettling settling;
  private final Map<String, TaskHandler> handlers;

  NotificationFixture() {
    Outbox outbox = new Outbox(jdbi, outboxStore);
    graph = new PgGraphStore(jdbi, outbox, clock);
    viewers = new Viewers(graph, Invalidations.none());
    PostStore postStore = new PgPostStore(jdbi, outbox);
    posts =
        new Posts(
            postStore,
            new AuthorFeeds(postStore, 100, Invalidations.none()),
            ids,
            clock,
            Invalidations.none());
    Accounts accounts =
        new Accounts(jdbi, outbox, new Passwords(), ids, clock, Invalidations.none());
    notifications = new Notifications(jdbi, outbox, viewers, posts, Invalidations.none(), clock);
    settling = new PgSettling(jdbi, outbox, ids);
    handlers = new Notifier(jdbi, outbox, graph, accounts, clock).handlers();
    sql(
        "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 9) i");
  }

  /** Leaves the people, without edges, and nothing of what they did. */
  void empty() {
    sql(
        "TRUNCATE question, answer, post, post_like, comment, follow, follow_count, mute, restriction, outbox,"
            + " notification, notification_group, notification_box CASCADE");
    viewers.forgetAll();
    posts.forgetAll();
  }

  void sql(String statement, Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(statement, arguments));
  }

  /** Handles a task and those that follow it. */
  void look(What what, long id, long account) {
    Deque<Task> tasks = new ArrayDeque<>(Notice.about(what, id, account));
    while (!tasks.isEmpty()) {
      Task task = tasks.poll();
      tasks.addAll(Objects.requireNonNull(handlers.get(task.topic())).handle(task.body()));
    }
  }

  void settle() {
    while (settling.isWaiting()) {
      settling.runOnce();
    }
  }

  /** The recipients of the events left since the last call, event by event. */
  List<List<Long>> told() {
    List<Row> rows = outboxStore.claim(1_000, clock.instant(), clock.instant().plusSeconds(9_999));
    return rows.stream()
        .map(Row::event)
        .filter(event -> event.topic().equals(NotificationsChanged.TOPIC))
        .map(event -> Json.read(event.body(), NotificationsChanged.class).recipients())
        .toList();
  }

  private long tick() {
    clock.advance(Duration.ofSeconds(1));
    return ids.next();
  }

  long post(long author, long... mentioned) {
    long id = tick();
    sql(
        "INSERT INTO post (id, author_id, text, mentioned) VALUES (?, ?, 'text', ?)",
        id,
        author,
        Arrays.stream(mentioned).boxed().toArray(Long[]::new));
    look(What.POST, id, 0);
    return id;
  }

  long share(long original, long account) {
    long id = tick();
    sql(
        "INSERT INTO post (id, author_id, text, original_id) VALUES (?, ?, '', ?)",
        id,
        account,
        original);
    look(What.POST, id, 0);
    return id;
  }

  long question(long author) {
    long id = tick();
    sql(
        "INSERT INTO post (id, author_id, text, is_question) VALUES (?, ?, 'Why?', true)",
        id,
        author);
    sql("INSERT INTO question (id, author_id, title, body) VALUES (?, ?, 'Why?', '')", id, author);
    return id;
  }

  long answer(long question, long author) {
    long id = tick();
    sql(
        "INSERT INTO answer (id, question_id, author_id, body) VALUES (?, ?, ?, 'Because.')",
        id,
        question,
        author);
    look(What.ANSWER, id, 0);
    return id;
  }

  void deleteAnswer(long answer) {
    sql("UPDATE answer SET deleted_at = now(), accepted = false WHERE id = ?", answer);
    look(What.ANSWER, answer, 0);
  }

  /** Moves the mark of the accepted answer here. */
  void accept(long question, long answer) {
    tick();
    sql("UPDATE answer SET accepted = false WHERE question_id = ? AND accepted", question);
    sql("UPDATE answer SET accepted = true WHERE id = ?", answer);
    look(What.ANSWER, answer, 0);
  }

  void deleteQuestion(long question) {
    sql("UPDATE question SET deleted_at = now(), title = '', body = '' WHERE id = ?", question);
    delete(question);
  }

  void delete(long post) {
    sql("UPDATE post SET deleted_at = now(), text = '' WHERE id = ?", post);
    posts.forget(post);
    look(What.POST, post, 0);
  }

  void like(long post, long account) {
    sql(
        "INSERT INTO post_like (post_id, account_id, id) VALUES (?, ?, ?)"
            + " ON CONFLICT (post_id, account_id) DO UPDATE SET id = excluded.id, removed = false",
        post,
        account,
        tick());
    look(What.LIKE, post, account);
  }

  void unlike(long post, long account) {
    sql("UPDATE post_like SET removed = true WHERE post_id = ? AND account_id = ?", post, account);
    look(What.LIKE, post, account);
  }

  long comment(long post, long account, long... mentioned) {
    long id = tick();
    sql(
        "INSERT INTO comment (id, post_id, author_id, text, mentioned) VALUES (?, ?, ?, 'text', ?)",
        id,
        post,
        account,
        Arrays.stream(mentioned).boxed().toArray(Long[]::new));
    look(What.COMMENT, id, 0);
    return id;
  }

  void deleteComment(long comment) {
    sql("UPDATE comment SET deleted_at = now() WHERE id = ?", comment);
    look(What.COMMENT, comment, 0);
  }

  void follow(long follower, long followee) {
    tick();
    graph.follow(follower, followee, MANY, RULE);
    look(What.FOLLOW, followee, follower);
  }

  void unfollow(long follower, long followee) {
    graph.unfollow(follower, followee, RULE);
    look(What.FOLLOW, followee, follower);
  }

  void mute(long viewer, long author) {
    graph.mute(viewer, author, java.util.Optional.empty());
    viewers.forget(viewer);
  }

  void restrict(long author, long viewer) {
    graph.restrict(author, viewer, Optional.empty());
    viewers.forget(viewer);
  }

  /** All that somebody is shown, newest first, after everything was settled. */
  List<Notification> shown(long reader) {
    settle();
    return notifications.page(new AccountId(reader), Long.MAX_VALUE, 100).items();
  }

  /** The same as "kind post by actors of count". */
  List<String> said(long reader) {
    return shown(reader).stream().map(NotificationFixture::text).toList();
  }

  static String text(Notification shown) {
    return shown.kind().text()
        + " by "
        + shown.actors().stream().map(AccountId::toString).toList()
        + " of "
        + shown.count();
  }

  int unread(long reader) {
    settle();
    return notifications.unread(new AccountId(reader)).size();
  }

  long count(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
  }
}
