package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.Optional;

/** A post that lives; {@code version} is 1 at first and rises with each edit. */
public record Post(
    PostId id, AccountId author, String text, int version, Optional<Instant> editedAt) {

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }
}
