package io.freshet.graph;

import io.freshet.account.AccountId;
import java.time.Instant;
import java.util.Optional;

/** An account that is muted or restricted, until then or until it is undone. */
public record Hiding(AccountId account, Optional<Instant> until) {}
