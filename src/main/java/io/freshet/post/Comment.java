package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.List;

/**
 * A comment on a post that is no share; it is never changed.
 *
 * @param mentioned ids of the accounts that the text names
 */
public record Comment(
    CommentId id, PostId post, AccountId author, String text, List<Long> mentioned) {
  public Comment {
    mentioned = List.copyOf(mentioned);
  }

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }
}
