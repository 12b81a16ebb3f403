package io.freshet.notification;

import java.util.List;

/** These people were told of something, or of something no more, or have read what there was. */
public record NotificationsChanged(List<Long> recipients) {
  public static final String TOPIC = "notifications-changed";
}
