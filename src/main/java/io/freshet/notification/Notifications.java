package io.freshet.notification;

import io.freshet.account.AccountId;
import io.freshet.graph.Viewer;
import io.freshet.graph.Viewers;
import io.freshet.notification.PgGroups.Row;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.Posts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What people are told of, as they read it: the module's face. What the reader does not see (people
 * they mute, people who hide from them, posts that are gone) is left out at each read. Thread-safe.
 */
public final class Notifications {
  /** People named of each group; of the others there is the number. */
  public static final int ACTORS = 3;

  /** Unread groups are counted up to this: more is shown as "99+". */
  public static final int MOST_UNREAD = 100;

  private final PgGroups groups;
  private final PgNotices notices;
  private final Viewers viewers;
  private final Posts posts;
  private final Invalidations invalidations;
  private final InstantSource clock;

  public Notifications(
      Jdbi jdbi,
      Outbox outbox,
      Viewers viewers,
      Posts posts,
      Invalidations invalidations,
      InstantSource clock) {
    this.groups = new PgGroups(jdbi, outbox);
    this.notices = new PgNotices(jdbi);
    this.viewers = viewers;
    this.posts = posts;
    this.invalidations = invalidations;
    this.clock = clock;
  }

  /**
   * What the reader was told below {@code before}, newest first. Who walks the list sees each group
   * at most once; one that gets news meanwhile is at the top of the next walk.
   */
  public Page<Notification> page(AccountId reader, long before, int limit) {
    long readUpTo = groups.readUpTo(reader.value());
    return Page.of(visible(reader, 0, before, limit + 1), limit, row -> row.id())
        .map(row -> notification(row, readUpTo));
  }

  /** What is not read yet, newest first, {@link #MOST_UNREAD} at most. */
  public List<Notification> unread(AccountId reader) {
    long readUpTo = groups.readUpTo(reader.value());
    return visible(reader, readUpTo, Long.MAX_VALUE, MOST_UNREAD).stream()
        .filter(row -> row.newest() > readUpTo)
        .map(row -> notification(row, readUpTo))
        .toList();
  }

  /** Marks all as read up to this id; the mark never goes back. */
  public void read(AccountId reader, long upTo) {
    groups.read(reader.value(), upTo);
  }

  public Preferences preferences(AccountId account) {
    return groups
        .preferences(List.of(account.value()))
        .getOrDefault(account.value(), Preferences.ALL);
  }

  /** Changes what the account is told from now on. */
  public void prefer(AccountId account, Preferences preferences) {
    groups.prefer(account.value(), preferences);
  }

  /**
   * A step of an account's removal: what it was told is deleted, and what it did is taken back from
   * others, so many rows of each at once; true if there may be more. Its likes, comments, shares
   * and follows are to be gone already.
   */
  public boolean eraseOf(AccountId account, int limit) {
    return notices.erase(account.value(), limit) + notices.takeBackOf(account.value(), limit) > 0;
  }

  private List<Row> visible(AccountId reader, long after, long before, int limit) {
    invalidations.catchUp();
    Viewer viewer = viewers.get(reader.value());
    Set<Long> hidden = hidden(viewer);
    List<Row> found = new ArrayList<>();
    long below = before;
    while (found.size() < limit) {
      List<Row> drawn =
          groups.between(reader.value(), after, below, limit - found.size(), hidden, ACTORS);
      if (drawn.isEmpty()) {
        break;
      }
      found.addAll(ofLivingPosts(drawn, viewer));
      below = drawn.getLast().id();
    }
    return found;
  }

  private Set<Long> hidden(Viewer viewer) {
    Set<Long> hidden = new HashSet<>();
    viewer.mutes().keySet().stream()
        .filter(author -> viewer.mutes(author, clock.instant()))
        .forEach(hidden::add);
    Arrays.stream(viewer.restrictedBy()).forEach(hidden::add);
    return hidden;
  }

  private List<Row> ofLivingPosts(List<Row> rows, Viewer viewer) {
    List<Long> ids =
        rows.stream().filter(row -> row.kind() != Kind.FOLLOW).map(Row::subject).toList();
    Map<Long, Post> living = posts.findAll(ids);
    return rows.stream()
        .filter(row -> {
          Post post = living.get(row.subject());
          return row.kind() == Kind.FOLLOW
              || (post != null && !viewer.isRestrictedBy(post.author().value()));
        })
        .toList();
  }

  private static Notification notification(Row row, long readUpTo) {
    boolean isFollow = row.kind() == Kind.FOLLOW;
    long newest = row.deeds()[0];
    boolean isComment =
        row.kind() == Kind.COMMENT || (row.kind() == Kind.MENTION && newest != row.subject());
    return new Notification(
        row.id(),
        row.kind(),
        isFollow ? Optional.empty() : Optional.of(new PostId(row.subject())),
        isComment ? OptionalLong.of(newest) : OptionalLong.empty(),
        row.kind() == Kind.ANSWER ? OptionalLong.of(newest) : OptionalLong.empty(),
        Arrays.stream(row.actors()).mapToObj(AccountId::new).toList(),
        row.count(),
        Ids.instantOf(newest),
        row.newest() <= readUpTo);
  }
}
