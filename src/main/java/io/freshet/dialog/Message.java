package io.freshet.dialog;

import io.freshet.account.AccountId;

/** A direct message. */
public record Message(long id, AccountId from, AccountId to, String text) {}
