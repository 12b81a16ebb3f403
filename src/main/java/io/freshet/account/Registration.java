package io.freshet.account;

import java.util.Optional;

/** A new account: who leaves the handle out gets one made from the id. */
public record Registration(Optional<String> handle, String password, Profile profile) {}
