package io.freshet.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be switched on for a namespace; the names in lower case are those of Centrifugo. */
public enum Option {
  PRESENCE,
  JOIN_LEAVE,
  FORCE_PUSH_JOIN_LEAVE,
  FORCE_POSITIONING,
  FORCE_RECOVERY,
  ALLOW_POSITIONING,
  ALLOW_RECOVERY,
  ALLOW_SUBSCRIBE_FOR_CLIENT,
  ALLOW_SUBSCRIBE_FOR_ANONYMOUS,
  ALLOW_PUBLISH_FOR_CLIENT,
  ALLOW_PUBLISH_FOR_SUBSCRIBER,
  ALLOW_PUBLISH_FOR_ANONYMOUS,
  ALLOW_PRESENCE_FOR_CLIENT,
  ALLOW_PRESENCE_FOR_SUBSCRIBER,
  ALLOW_PRESENCE_FOR_ANONYMOUS,
  ALLOW_HISTORY_FOR_CLIENT,
  ALLOW_HISTORY_FOR_SUBSCRIBER,
  ALLOW_HISTORY_FOR_ANONYMOUS,
  ALLOW_USER_LIMITED_CHANNELS,

  /** On where the list names {@code fossil}. */
  ALLOWED_DELTA_TYPES,
  DELTA_PUBLISH;

  static Optional<Option> named(String name) {
    return Arrays.stream(values())
        .filter(option -> option.name().toLowerCase(Locale.ROOT).equals(name))
        .findAny();
  }
}
