package io.freshet.post;

import java.util.Optional;

/**
 * A post about to be saved; the key is the client's, so that a creation it repeats answers with the
 * post it made first.
 */
public record Creation(Post post, Optional<String> idempotencyKey) {}
