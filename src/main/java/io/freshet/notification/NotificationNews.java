package io.freshet.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.account.AccountId;
import io.freshet.graph.SightChanged;
import io.freshet.live.ChannelName;
import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells people live how much they have not read; only those who listen, or did so a moment ago,
 * cost a look. As many deeds as were settled together are one event. Thread-safe.
 */
public final class NotificationNews {
  private static final String TOPIC = "notification-news";

  /**
   * What is told: never who did what, for that is fetched. The last one counts.
   *
   * @param unread groups that are not read, {@link Notifications#MOST_UNREAD} at most
   * @param id of the newest of them
   */
  record News(
      String event,
      int unread,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> id,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Kind> kind) {

    static News of(List<Notification> unread) {
      Optional<Notification> newest = unread.stream().findFirst();
      return new News(
          "notification",
          unread.size(),
          newest.map(group -> Long.toString(group.id())),
          newest.map(Notification::kind));
    }
  }

  private final Publisher publisher;
  private final Notifications notifications;

  public NotificationNews(Publisher publisher, Notifications notifications) {
    this.publisher = publisher;
    this.notifications = notifications;
  }

  /** What follows the events, as {@link Notifier#followUps}. */
  public static Map<String, TaskHandler> followUps() {
    return Map.of(
        NotificationsChanged.TOPIC, body -> List.of(new Task(TOPIC, Lane.NOTICES, body)),
        SightChanged.TOPIC, body -> seen(Json.read(body, SightChanged.class)));
  }

  /** Who mutes somebody, or is hidden from, has less to read, and more when it is undone. */
  private static List<Task> seen(SightChanged event) {
    NotificationsChanged changed = new NotificationsChanged(List.of(event.viewer()));
    return List.of(Task.of(TOPIC, Lane.NOTICES, changed));
  }

  public Map<String, TaskHandler> handlers() {
    return Map.of(TOPIC, body -> tell(Json.read(body, NotificationsChanged.class)));
  }

  private List<Task> tell(NotificationsChanged event) {
    Set<String> listening =
        publisher.listening(event.recipients().stream().map(ChannelName::personal).toList());
    for (Long recipient : event.recipients()) {
      String channel = ChannelName.personal(recipient);
      if (listening.contains(channel)) {
        News news = News.of(notifications.unread(new AccountId(recipient)));
        publisher.publishToListeners(List.of(channel), Json.bytes(news), "");
      }
    }
    return List.of();
  }
}
