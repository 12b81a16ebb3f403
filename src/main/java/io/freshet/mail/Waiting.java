package io.freshet.mail;

import java.time.Instant;

/**
 * A mail that is being sent.
 *
 * @param address whom a confirmation asks; else empty
 * @param attempts begun before this one
 * @param wantedAt when it was to go
 */
public record Waiting(
    long id, long account, MailKind kind, String address, int attempts, Instant wantedAt) {}
