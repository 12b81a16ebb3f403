package io.freshet.post;

import java.util.List;
import java.util.Optional;

/**
 * A post about to be saved; the key is the client's, so that a creation it repeats answers with the
 * post it made first.
 *
 * @param media ids of the author's media to attach, in this order
 */
public record Creation(Post post, Optional<String> idempotencyKey, List<Long> media) {

  /** Of a post without media. */
  public Creation(Post post, Optional<String> idempotencyKey) {
    this(post, idempotencyKey, List.of());
  }
}
