package io.freshet.notification;

import java.util.HashMap;
import java.util.Map;

/**
 * What an actor's deeds about a subject say to whom, as it stands now.
 *
 * @param subject the post, which may be a question's; for follows the day
 * @param owner whose place it is done at: the author of the post, or who is followed
 * @param deeds the newest deed by the recipient that it concerns
 */
record Told(Kind kind, long subject, long actor, long owner, Map<Long, Long> deeds) {
  /** The same, done at the time of this id whenever that was. */
  Told at(long id) {
    Map<Long, Long> dated = new HashMap<>(deeds);
    dated.replaceAll((recipient, deed) -> id);
    return new Told(kind, subject, actor, owner, dated);
  }

  /** The same when it concerns nobody. */
  Told none() {
    return new Told(kind, subject, actor, owner, Map.of());
  }
}
