package io.freshet.app.bulk;

import java.util.Optional;

/**
 * Somebody to be.
 *
 * @param passwordHash empty: they cannot sign in
 */
public record Person(
    String handle,
    String firstName,
    String lastName,
    String city,
    String biography,
    Optional<String> passwordHash) {}
