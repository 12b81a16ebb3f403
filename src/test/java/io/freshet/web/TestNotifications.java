package io.freshet.web;

import io.freshet.account.Accounts;
import io.freshet.feed.FeedSources;
import io.freshet.graph.GraphStore;
import io.freshet.live.Publisher;
import io.freshet.notification.NotificationNews;
import io.freshet.notification.Notifications;
import io.freshet.notification.Notifier;
import io.freshet.notification.PgSettling;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.queue.Topics;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Notifications and those who work for them. */
record TestNotifications(Notifications notifications, Notifier notifier, PgSettling settling) {

  static TestNotifications of(
      Jdbi jdbi, Outbox outbox, GraphStore graph, FeedSources feed, Accounts accounts, Ids ids) {
    InstantSource clock = InstantSource.system();
    return new TestNotifications(
        new Notifications(jdbi, outbox, feed.viewers(), feed.posts(), Invalidations.none(), clock),
        new Notifier(jdbi, outbox, graph, accounts, clock),
        new PgSettling(jdbi, outbox, ids));
  }

  Topics worked(Topics topics, Publisher publisher) {
    return topics
        .worked(notifier.handlers())
        .worked(new NotificationNews(publisher, notifications).handlers())
        .followed(Notifier.followUps())
        .followed(NotificationNews.followUps());
  }
}
