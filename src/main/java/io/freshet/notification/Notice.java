package io.freshet.notification;

import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.util.List;

/**
 * A task: look at something that may concern people.
 *
 * @param id of who is followed, of the post that is liked, of the comment, of the post, of the
 *     answer
 * @param account who follows or likes, else 0
 */
record Notice(What what, long id, long account) {
  static final String TOPIC = "notice";

  /** Where to look. */
  enum What {
    FOLLOW,
    LIKE,
    COMMENT,
    POST,
    ANSWER
  }

  static List<Task> about(What what, long id, long account) {
    return List.of(Task.of(TOPIC, Lane.NOTICES, new Notice(what, id, account)));
  }
}
