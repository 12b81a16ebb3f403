package io.freshet.graph;

import io.freshet.account.AccountId;
import java.time.Instant;
import java.util.Optional;

/** A viewer's decision not to see an author's posts, until then or until undone. */
public record Mute(AccountId author, Optional<Instant> until) {}
